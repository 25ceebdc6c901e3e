import Foundation

/// What a handler gives back: a status, header lines and a body.
package struct Answer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Sent instead of `body`, piece by piece.
    package var file: SpooledFile?

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func html(_ text: String, status: Int = 200) -> Answer {
        Answer(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
    }

    package static func plain(_ text: String, status: Int = 200) -> Answer {
        Answer(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    /// JSON with sorted keys, dates never as floating numbers.
    /// - Throws: `EncodingError`.
    package static func json(_ value: some Encodable, status: Int = 200, type: String = "application/json") throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Answer(status: status, headers: [("Content-Type", type)], body: Array(try encoder.encode(value)))
    }

    /// A file to be kept under `name`, which may be in any language (RFC 6266, RFC 8187).
    package static func download(_ file: SpooledFile, name: String, type: String) -> Answer {
        let escaped =
            name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "!"..."~"))) ?? ""
        let plain = String(
            name.unicodeScalars.map {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains($0)) ? Character($0) : "_"
            })
        var answer = Answer(headers: [
            ("Content-Type", type), ("Content-Disposition", "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(escaped)"),
        ])
        answer.file = file
        return answer
    }

    /// 303: look there with GET. Only paths of this site: anything else goes to the home page.
    package static func seeOther(_ path: String) -> Answer {
        Answer(status: 303, headers: [("Location", localPath(path) ?? "/")])
    }

    /// `path` when it stays on this site; nil for other hosts, schemes, backslashes and control characters.
    package static func localPath(_ path: String?) -> String? {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count < 2000,
            path.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return path
    }

    package mutating func setCookie(_ cookie: SetCookie, secure: Bool) {
        headers.append(("Set-Cookie", cookie.line(secure: secure)))
    }
}

/// A cookie to set: always HttpOnly and SameSite=Lax, and Secure where the site is served over TLS.
package struct SetCookie: Sendable {
    let name: String
    let value: String
    let maxAge: Int?

    /// - Parameter maxAge: in seconds; nil ends with the browser, 0 deletes.
    package init(_ name: String, _ value: String, maxAge: Int? = nil) {
        self.name = name
        self.value = value
        self.maxAge = maxAge
    }

    func line(secure: Bool) -> String {
        "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "") + (maxAge.map { "; Max-Age=\($0)" } ?? "")
    }
}
