/// The number a reporter is given: eleven random digits and a check digit, read in groups of four.
///
/// Random, so numbers cannot be counted through: among a million matters one guess in 100,000 meets one. The last digit
/// is Damm's check, which finds every single wrong digit and every swap of neighbours before anything is looked up.
package struct PublicNumber: Hashable, Sendable, CustomStringConvertible {
    /// Twelve digits.
    package let digits: String

    package init(random: UInt64) { self.init(body: random % 100_000_000_000) }

    /// One that begins with none of what ``joining(random:)`` gives, so that neither has to look whether the other has it.
    package static func reporting(random: UInt64) -> PublicNumber { PublicNumber(body: random % 90_000_000_000) }

    /// One that begins with 9, for whoever joins in with what somebody else has reported.
    package static func joining(random: UInt64) -> PublicNumber { PublicNumber(body: 90_000_000_000 + random % 10_000_000_000) }

    /// - Parameter body: below 100,000,000,000.
    private init(body number: UInt64) {
        let body = String(number)
        let padded = String(repeating: "0", count: 11 - body.count) + body
        digits = padded + String(Self.check(padded.utf8.map { Int($0) - 48 }))
    }

    /// Reads what a person typed: full-width digits, spaces and hyphens are forgiven; a wrong check digit is not.
    package init?(_ text: some StringProtocol) {
        var found: [Int] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: found.append(Int(scalar.value) - 0x30)
            case 0xFF10...0xFF19: found.append(Int(scalar.value) - 0xFF10)
            case 0x20, 0x2D, 0x3000, 0xA0: continue
            default: return nil
            }
            if found.count > 12 { return nil }
        }
        guard found.count == 12, Self.check(found) == 0 else { return nil }
        digits = found.map(String.init).joined()
    }

    /// `1234 5678 9012`.
    package var description: String {
        let characters = Array(digits)
        return [characters[0..<4], characters[4..<8], characters[8..<12]].map { String($0) }.joined(separator: " ")
    }

    private static func check(_ digits: [Int]) -> Int { digits.reduce(0) { quasigroup[$0][$1] } }

    /// The totally anti-symmetric quasigroup of order ten from H. M. Damm's thesis (2004).
    private static let quasigroup = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]
}
