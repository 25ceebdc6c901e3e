import Crypto
import Foundation

/// Keeps personal data unreadable at rest: AES-256-GCM per field, and a keyed hash where a value must be found again.
///
/// A sealed value begins with its key's number, so that a new key can come into use while old values are still readable.
package struct Vault: Sendable {
    private let keys: [UInt8: SymmetricKey]
    private let current: UInt8
    private let lookup: SymmetricKey

    /// A sealed value was altered, or its key is not here.
    package struct Unreadable: Error, Hashable {
        package init() {}
    }

    /// - Parameter keys: master keys of 32 bytes by number; the highest number seals.
    package init(keys: [UInt8: [UInt8]]) {
        let masters = keys.mapValues { SymmetricKey(data: $0) }
        self.keys = masters.mapValues {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: $0, info: Data("jinlin seal".utf8), outputByteCount: 32)
        }
        current = keys.keys.max() ?? 0
        // Lookups must stay comparable across a rotation, so they hang on the first key.
        let first = masters[keys.keys.min() ?? 0] ?? SymmetricKey(size: .bits256)
        lookup = HKDF<SHA256>.deriveKey(inputKeyMaterial: first, info: Data("jinlin lookup".utf8), outputByteCount: 32)
    }

    /// Seals `text`. `place` names the column and the record, so a sealed value cannot be moved to another record.
    /// - Throws: `CryptoKitError` when there is no key.
    package func seal(_ text: String, for place: String) throws -> [UInt8] { try seal(bytes: Array(text.utf8), for: place) }

    /// Seals bytes, such as a piece of a file.
    package func seal(bytes: [UInt8], for place: String) throws -> [UInt8] {
        guard let key = keys[current] else { throw Unreadable() }
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(place.utf8))
        guard let combined = box.combined else { throw Unreadable() }
        return [current] + Array(combined)
    }

    /// - Throws: ``Unreadable``.
    package func open(_ sealed: [UInt8], for place: String) throws -> String {
        String(decoding: try open(bytes: sealed, for: place), as: UTF8.self)
    }

    /// - Throws: ``Unreadable``.
    package func open(bytes sealed: [UInt8], for place: String) throws -> [UInt8] {
        guard let number = sealed.first, let key = keys[number], let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst()),
            let data = try? AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
        else { throw Unreadable() }
        return Array(data)
    }

    /// Whether values may be under another key than the one that seals now.
    package var hasFormerKeys: Bool { keys.count > 1 }

    /// The same value under the current key; nil when it is under it already.
    /// - Throws: ``Unreadable``.
    package func resealed(_ sealed: [UInt8], for place: String) throws -> [UInt8]? {
        guard sealed.first != current else { return nil }
        return try seal(bytes: try open(bytes: sealed, for: place), for: place)
    }

    /// The keyed hash of `text` by which a record is found, in hex. Different for every `kind` of value.
    package func mark(_ text: String, kind: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(kind)|\(text)".utf8), using: lookup)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
