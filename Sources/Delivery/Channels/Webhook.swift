import Crypto
import Foundation
import Kernel

/// Posts JSON to another program, signed as Standard Webhooks 1.0 has it, so receivers can use a library that others wrote.
package struct Webhook: Channel {
    let url: String
    /// `whsec_` and base64.
    let secret: String
    let wire: Wire

    package init(url: String, secret: String, wire: @escaping Wire) {
        self.url = url
        self.secret = secret
        self.wire = wire
    }

    package func send(_ parcel: Parcel) async -> Outcome {
        guard case .document(let body) = parcel.content else { return .never("not a document") }
        let time = String(parcel.at.milliseconds / 1000)
        let request = WireRequest(
            url: url,
            headers: [
                ["Content-Type", "application/json"], ["User-Agent", "Jinlin"], ["webhook-id", parcel.id],
                ["webhook-timestamp", time],
                ["webhook-signature", "v1," + Self.signature(id: parcel.id, time: time, body: body, secret: secret)],
            ], body: Array(body.utf8))
        do {
            return try await wire(request).outcome
        } catch {
            return .later("\(error)")
        }
    }

    /// HMAC-SHA256 of `id.time.body` in base64. The secret's bytes are what follows `whsec_`.
    package static func signature(id: String, time: String, body: String, secret: String) -> String {
        let encoded = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        let key = SymmetricKey(data: Data(base64Encoded: encoded) ?? Data(secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(time).\(body)".utf8), using: key)
        return Data(code).base64EncodedString()
    }
}
