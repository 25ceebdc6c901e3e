import Foundation

/// A link to a picture that another platform keeps. It is shown to the staff as text; the server never opens it (docs/decisions/0009).
package enum MediaLink {
    package static let limit = 500

    /// `text` when it is an address of the web that a person can read: http or https, a host, no name or password in it.
    package static func checked(_ text: String) -> String? {
        guard text.utf8.count <= limit, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"\"<>\\^`{}|".utf8.contains($0) }),
            let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme?.lowercased()),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
        else { return nil }
        return text
    }
}
