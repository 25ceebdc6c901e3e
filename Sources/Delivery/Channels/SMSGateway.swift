import Crypto
import Foundation
import Kernel

/// Any provider of text messages that is reached by HTTP, described by templates instead of code. 短信网关
///
/// `{phone}`, `{text}`, `{id}`, `{time}` (seconds) and `{sign}` stand for what is filled in, escaped for the place they are in.
package struct SMSGateway: Channel {
    package struct Settings: Codable, Sendable, Hashable {
        package var method = "POST"
        package var url = ""
        /// Names and values.
        package var headers: [[String]] = []
        package var body = ""
        /// The key of the signature; without one `{sign}` is empty.
        package var secret = ""
        /// What is signed with HMAC-SHA256, filled in without escaping; `{sign}` is the result in hex.
        package var signed = ""
        /// What the answer must have in it beside a status of success; empty for nothing.
        package var success = ""

        package init() {}
    }

    let settings: Settings
    let wire: Wire

    package init(_ settings: Settings, wire: @escaping Wire) {
        self.settings = settings
        self.wire = wire
    }

    package func send(_ parcel: Parcel) async -> Outcome {
        guard case .text(let phone, let words) = parcel.content else { return .never("not a text message") }
        let values = ["phone": phone, "text": words, "id": parcel.id, "time": String(parcel.at.milliseconds / 1000)]
        do {
            let reply = try await wire(Self.request(settings, values))
            guard reply.outcome == .arrived, !settings.success.isEmpty else { return reply.outcome }
            let answer = String(decoding: reply.body.prefix(4096), as: UTF8.self)
            if answer.contains(settings.success) { return .arrived }
            // It may repeat the number, which is kept nowhere in the open.
            return .later("the gateway answered: \(answer.replacing(phone, with: "****").prefix(200))")
        } catch {
            return .later("\(error)")
        }
    }

    /// The request that tells `values`.
    static func request(_ settings: Settings, _ values: [String: String]) -> WireRequest {
        var all = values
        all["sign"] = settings.secret.isEmpty ? "" : sign(fill(settings.signed, values, asItIs), with: settings.secret)
        let type = settings.headers.first { $0.first?.lowercased() == "content-type" }?.last?.lowercased() ?? ""
        let escape = type.contains("json") ? json : type.contains("form-urlencoded") ? percent : asItIs
        // A header cannot hold a line break.
        let headers = settings.headers.map { pair in
            [pair.first ?? "", fill(pair.last ?? "", all, oneLine)]
        }
        return WireRequest(
            method: settings.method, url: fill(settings.url, all, percent), headers: headers,
            body: Array(fill(settings.body, all, escape).utf8))
    }

    /// Fills every place once; what was filled in is not looked at again.
    private static func fill(_ template: String, _ values: [String: String], _ escape: (String) -> String) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: open)..<close])] else {
                result.append("{")
                rest = rest.dropFirst()
                continue
            }
            result += escape(value)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func asItIs(_ text: String) -> String { text }

    private static func oneLine(_ text: String) -> String { text.filter { !$0.isNewline } }

    private static func percent(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    /// Without the quotation marks, which the template has.
    private static func json(_ text: String) -> String {
        guard let data = try? JSONEncoder().encode(text) else { return "" }
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }

    private static func sign(_ text: String, with secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
