package import Kernel

/// How points move between accounts. Pure.
package enum LedgerRules {
    /// More than this in one entry is a slip of the finger.
    package static let limit = 10_000

    /// From where to where an entry of `points` under a rule goes: an award from the issue to the household, a deduction back.
    package static func way(of points: Int) -> (source: LedgerAccount, destination: LedgerAccount) {
        points > 0 ? (.issued, .household) : (.household, .issued)
    }

    /// From where to where an entry is taken back. What had been issued goes to the account of corrections and not to the issue, so that
    /// the public total of what was ever issued stays and every correction shows beside it.
    package static func wayBack(
        source: LedgerAccount, destination: LedgerAccount
    ) -> (source: LedgerAccount, destination: LedgerAccount) {
        func mirror(_ account: LedgerAccount) -> LedgerAccount { account == .issued ? .reversed : account }
        return (mirror(destination), mirror(source))
    }

    /// When an entry is booked: now, or a millisecond after the entry before it when the clock has gone back since.
    package static func moment(_ now: Instant, after last: Instant?) -> Instant {
        guard let last, now <= last else { return now }
        return last + Span(milliseconds: 1)
    }

    /// The last day on which points earned on `day` can be spent: the day before the same date so many months later, or the last day of
    /// that month when it has no such date.
    package static func expiry(of day: Day, months: Int?) -> Day? {
        guard let months, months > 0 else { return nil }
        let index = day.year * 12 + day.month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        let date = min(day.day, Day.length(ofMonth: month, year: year))
        let same = Day(year: year, month: month, day: date)
        return date < day.day ? same : same?.adding(days: -1)
    }

    /// How many points lapse: what has come to its last day, less everything that ever went out, because the oldest points are
    /// spent first; never more than there is.
    /// - Parameters:
    ///   - due: all points ever received that were to be spent before today.
    ///   - gone: all points that ever left the wallet.
    package static func lapsing(due: Int, gone: Int, balance: Int) -> Int { max(0, min(balance, due - gone)) }
}
