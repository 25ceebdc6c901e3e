import Crypto

/// The name of a stored file: the SHA-256 of its content in 64 small hexadecimal digits. So equal files are stored once, and a name
/// can never lead out of the store's folder.
package struct BlobName: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Nil for anything but 64 digits 0–9 and a–f.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
            return nil
        }
        description = String(text)
    }

    /// The name of `content`.
    package init(of content: [UInt8]) {
        description = SHA256.hash(data: content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
