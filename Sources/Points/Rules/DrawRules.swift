import Crypto
import Foundation
package import Kernel

/// Who inspects whom, and lots that anybody can draw again. Pure.
package enum DrawRules {
    /// Pairs of the grids, given in the order of their codes, by rotation: in the week after next among three everybody is back where
    /// they were, because three grids have only two ways to look at one another (F50).
    /// - Parameter week: the Monday of the week.
    /// - Returns: for every place in the list the place of the grid that it inspects; nil for fewer than two grids.
    package static func rotation(of count: Int, week: Day) -> [Int]? {
        guard count >= 2 else { return nil }
        let number = (week.ordinal + 3) / 7
        let shift = 1 + (count > 2 ? ((number % (count - 1)) + count - 1) % (count - 1) : 0)
        return (0..<count).map { ($0 + shift) % count }
    }

    /// Pairs by lot: the grids' codes are put in the order of ``ticket(_:_:)`` for `seed/1`, and the first grid inspects the first of
    /// that order, and so on; when anybody would inspect themselves, `seed/2` is tried, and so on.
    /// - Returns: as ``rotation(of:week:)``.
    package static func lot(of codes: [String], seed: String) -> [Int]? {
        guard codes.count >= 2 else { return nil }
        for attempt in 1...10_000 {
            let order = codes.indices.sorted {
                ticket("\(seed)/\(attempt)", codes[$0]) < ticket("\(seed)/\(attempt)", codes[$1])
            }
            if codes.indices.allSatisfy({ order[$0] != $0 }) { return order }
        }
        return rotation(of: codes.count, week: Day(ordinal: 0))
    }

    /// A lot: SHA-256 of `seed|name` in hexadecimal, as `printf 'seed|name' | sha256sum` prints it. The smallest comes first.
    package static func ticket(_ seed: String, _ name: String) -> String {
        SHA256.hash(data: Data("\(seed)|\(name)".utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The seed as it is recorded.
    package static func seed(_ random: UInt64) -> String {
        let digits = String(random, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
