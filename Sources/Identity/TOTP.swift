import Crypto
import Foundation
package import Kernel

/// Time-based one-time codes (RFC 6238) with SHA-1, six digits and steps of 30 seconds, as every authenticator app has them.
package enum TOTP {
    package static func step(at now: Instant) -> Int64 { now.milliseconds / 30_000 }

    package static func code(secret: [UInt8], step: Int64) -> String {
        let message = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Data($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code this is: the running one or one on either side, for a phone whose clock is a little off.
    /// - Parameter lastUsed: codes of this step and earlier are refused, so that none works twice.
    package static func match(_ code: String, secret: [UInt8], at now: Instant, lastUsed: Int64) -> Int64? {
        let given = String(code.filter { !$0.isWhitespace })
        return (step(at: now) - 1...step(at: now) + 1).first { $0 > lastUsed && self.code(secret: secret, step: $0) == given }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// Base32 (RFC 4648) without padding, as apps let people type it.
    package static func base32(_ bytes: [UInt8]) -> String {
        var result = ""
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                result.append(alphabet[buffer >> (bits - 5) & 31])
                bits -= 5
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { result.append(alphabet[buffer << (5 - bits) & 31]) }
        return result
    }

    /// The `otpauth:` link that a QR code carries.
    package static func link(secret: [UInt8], login: String, issuer: String) -> String {
        let escape = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        return "otpauth://totp/\(escape(issuer)):\(escape(login))?secret=\(base32(secret))&issuer=\(escape(issuer))"
    }
}
