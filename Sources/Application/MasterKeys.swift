import Crypto
package import Foundation
package import Kernel

/// The keys under which personal data is sealed and forms are signed: from `JINLIN_KEYS`, else from `DIR/master.keys`, made at the first start.
///
/// One line a key, `number:64 hex digits`; the highest number seals. Several processes on one database must share them.
package struct MasterKeys: Sendable {
    package let keys: [UInt8: [UInt8]]

    package struct Unusable: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: ``Unusable`` for a damaged file: a new one would leave everything sealed unreadable. File errors as they come.
    package static func load(from data: URL, environment: [String: String], ambient: Ambient) throws -> MasterKeys {
        if let text = environment["JINLIN_KEYS"] { return try MasterKeys(parsing: text) }
        let file = data.appending(path: "master.keys")
        if let text = try? String(contentsOf: file, encoding: .utf8) { return try MasterKeys(parsing: text) }
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw Unusable(description: "\(file.path) cannot be read")
        }
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        let line = "1:" + ambient.bytes(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
        guard FileManager.default.createFile(atPath: file.path, contents: Data(line.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw Unusable(description: "\(file.path) cannot be written")
        }
        return try MasterKeys(parsing: line)
    }

    init(parsing text: String) throws {
        var keys: [UInt8: [UInt8]] = [:]
        for line in text.split(whereSeparator: { $0.isNewline || $0 == "," }) {
            let halves = line.split(separator: ":")
            let digits = halves.count == 2 ? Array(halves[1].utf8) : []
            let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
            }
            guard halves.count == 2, let number = UInt8(halves[0]), digits.count == 64, bytes.count == 32 else {
                throw Unusable(description: "the master keys are not lines of number:64 hex digits")
            }
            keys[number] = bytes
        }
        guard !keys.isEmpty else { throw Unusable(description: "there is no master key") }
        self.keys = keys
    }

    /// What became of a new key.
    package enum Added: Hashable, Sendable {
        /// It is in the file, under this number.
        case written(UInt8)
        /// The keys come from the environment: this line belongs there too.
        case toAdd(String)
    }

    /// Makes a key with the next number: from then on it seals. Former keys stay, so that what they sealed can be read.
    /// - Throws: ``Unusable`` when the numbers are used up or the file cannot be written.
    package static func rotate(in data: URL, environment: [String: String], ambient: Ambient) throws -> Added {
        let known = try load(from: data, environment: environment, ambient: ambient)
        guard let last = known.keys.keys.max(), last < .max else { throw Unusable(description: "there are 255 keys already") }
        let line = "\(last + 1):" + ambient.bytes(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard environment["JINLIN_KEYS"] == nil else { return .toAdd(line) }
        let file = data.appending(path: "master.keys")
        let text = try String(contentsOf: file, encoding: .utf8)
        // A new file takes the old one's place whole, so that a crash leaves one of the two.
        let fresh = file.appendingPathExtension("new")
        let contents = text + (text.hasSuffix("\n") ? "" : "\n") + line + "\n"
        try? FileManager.default.removeItem(at: fresh)
        guard
            FileManager.default.createFile(
                atPath: fresh.path, contents: Data(contents.utf8), attributes: [.posixPermissions: 0o600]),
            rename(fresh.path, file.path) == 0
        else { throw Unusable(description: "\(file.path) cannot be written") }
        return .written(last + 1)
    }

    /// The secret that signs forms: the same for every process with these keys.
    package var formSecret: [UInt8] {
        let first = SymmetricKey(data: keys.min { $0.key < $1.key }?.value ?? [])
        return HKDF<SHA256>.deriveKey(inputKeyMaterial: first, info: Data("jinlin forms".utf8), outputByteCount: 32)
            .withUnsafeBytes { Array($0) }
    }
}
