import Kernel

/// An e-mail address, as far as one can be told by its looks: something, an @, a domain with a dot (RFC 5321 §4.5.3.1: at most 254 bytes).
package struct EmailAddress: Hashable, Sendable {
    package let text: String

    /// Nil when it cannot be one: blanks, control characters, quotes and angle brackets are refused.
    package init?(_ typed: String) {
        let text = typed.trimmed
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64,
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"\"<>(),;:\\[]".utf8.contains($0) }),
            halves[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }), halves[1].contains(".")
        else { return nil }
        self.text = text
    }

    /// With all but its first letter and its domain hidden: `l****@example.org`.
    package var masked: String { "\(text.prefix(1))****@\(text.split(separator: "@").last ?? "")" }
}
