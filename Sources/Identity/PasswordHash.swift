import CArgon2
import Dispatch
package import Kernel

/// Argon2id (RFC 9106) with 19 MiB and two passes, computed off the server's own threads and two at a time.
package enum PasswordHash {
    private static let queue = DispatchQueue(label: "jinlin.argon2", attributes: .concurrent)
    private static let slots = DispatchSemaphore(value: 2)
    private static let memory: UInt32 = 19_456
    private static let passes: UInt32 = 2

    package struct Failed: Error, Hashable {
        let code: Int32
    }

    /// The encoded hash, parameters and salt included.
    package static func make(_ password: String, ambient: Ambient) async throws -> String {
        let salt = ambient.bytes(16)
        return try await off { try encode(password, salt: salt) }
    }

    /// Whether `password` is the one hashed. Takes as long for a wrong one.
    package static func verify(_ password: String, against encoded: String) async throws -> Bool {
        try await off {
            let bytes = Array(password.utf8)
            return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
        }
    }

    /// A hash of nothing anyone knows, to spend the same time on a login that does not exist.
    package static let decoy = try? encode("-", salt: Array("near neighbours!".utf8))

    private static func encode(_ password: String, salt: [UInt8]) throws -> String {
        let bytes = Array(password.utf8)
        var buffer = [CChar](repeating: 0, count: 256)
        let code = argon2id_hash_encoded(passes, memory, 1, bytes, bytes.count, salt, salt.count, 32, &buffer, buffer.count)
        guard code == ARGON2_OK.rawValue else { throw Failed(code: code) }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func off<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                slots.wait()
                defer { slots.signal() }
                continuation.resume(with: Result { try work() })
            }
        }
    }
}
