import Crypto
import Foundation
package import Kernel

/// Which closed matters the level above looks at again 抽查: a draw that anybody can make again, and what its findings say.
package enum SampleRules {
    /// At least so many of a unit and a month, as far as there are so many.
    package static let least = 3
    /// The share that is proposed, in percent.
    package static let usualPercent = 5

    /// How many are drawn: the share rounded up, at least ``least``, never more than there are.
    package static func count(of eligible: Int, percent: Int) -> Int {
        min(eligible, max(least, (eligible * percent + 99) / 100))
    }

    /// Every matter's lot is the hash of the seed and its id; the lowest are drawn. Who knows the seed cannot choose, and everybody who has the
    /// list can draw again.
    /// - Parameter seed: made by chance when it is drawn, and written down.
    package static func draw(_ eligible: [ID<Matter>], percent: Int, seed: String) -> [ID<Matter>] {
        let lots = Set(eligible).map { (lot(of: $0, seed: seed), $0) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        return lots.prefix(count(of: lots.count, percent: percent)).map(\.1)
    }

    /// In hex: SHA-256 of `seed|id`.
    package static func lot(of matter: ID<Matter>, seed: String) -> String {
        SHA256.hash(data: Data("\(seed)|\(matter)".utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Nobody looks again at what they did or followed up themselves.
    /// - Parameter actors: everybody in the matter's history.
    /// - Throws: ``Forbidden`` `own-handling`.
    package static func check(by account: ID<AccountNode>, actors: Set<ID<AccountNode>>) throws(Forbidden) {
        guard !actors.contains(account) else { throw Forbidden("own-handling") }
    }

    /// The share of what was looked at that held, in whole percent, rounded down; nil while nothing was.
    package static func satisfiedPercent(_ findings: [Bool]) -> Int? {
        findings.isEmpty ? nil : findings.count { $0 } * 100 / findings.count
    }
}

/// A month of the calendar, such as `2026-10`.
package struct SampleMonth: Hashable, Sendable, CustomStringConvertible {
    package let first: Day

    package init(_ day: Day) { first = day.adding(days: 1 - day.day) }

    package init?(_ text: String) {
        guard text.utf8.count == 7, let first = Day(text + "-01") else { return nil }
        self.first = first
    }

    package var next: SampleMonth { SampleMonth(first.adding(days: 31)) }
    package var previous: SampleMonth { SampleMonth(first.adding(days: -1)) }
    package var description: String { String(first.description.prefix(7)) }

    /// Only of a month that is over: until then others may be closed.
    package func isOver(on today: Day) -> Bool { next.first <= today }
}
