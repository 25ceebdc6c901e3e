package import Directory
package import Kernel
import Storage

/// The five accounts of a village's ledger. Every entry takes from one and gives to another (F59).
package enum LedgerAccount: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// Where points come from, and where deductions go back to.
    case issued
    /// The wallet of the entry's household.
    case household
    /// What was spent at the village exchange.
    case exchange
    /// What lapsed unspent.
    case expired
    /// What was taken back as wrongly booked.
    case reversed
}

/// What made an entry. The raw value is the last part of its word's key.
package enum EntryCause: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 示范户 of a weekly round.
    case round
    /// The close of a month.
    case month
    case environmentDay = "environment-day"
    /// Awarded or deducted by the staff.
    case award
    /// Claimed by the household and approved.
    case claim
    /// Spent at the exchange, and given back by it.
    case redemption, refund
    case expiry
    /// Takes another entry back.
    case reversal
}

/// One line of the ledger: so many points from one account to another. Never changed; a mistake is taken back by another line. 积分流水
package struct PointsEntry: Sendable, Hashable {
    /// Made by whoever asks, so that a retry books once.
    package let id: ID<PointsEntry>
    package let village: ID<GridNode>
    package let household: ID<Household>
    /// Who of the household earned or spent it; nil when it is the household's as a whole (domain.md §1.7 item 9).
    package let person: ID<PersonNode>?
    package let source: LedgerAccount
    package let destination: LedgerAccount
    /// Above 0.
    package let points: Int
    /// What was asked before caps; above 0.
    package let asked: Int
    /// The rule it was booked under, in the version that bound then; nil for spending, lapsing and taking back.
    package let rule: RuleReference?
    package let cause: EntryCause
    /// The round, month, claim, redemption … behind it.
    package let causeID: ID<EntryCause>?
    /// The entry that this one takes back.
    package let reverses: ID<PointsEntry>?
    package let note: String
    /// The day it counts for: of the deed, not of the booking.
    package let day: Day
    /// When it was booked. Never before the household's entry before it, even when the clock went back.
    package let at: Instant
    package let account: ID<AccountNode>?
    /// The post it was booked from, as it was called then.
    package let post: String
    /// The last day on which the points can be spent.
    package let expires: Day?

    package struct RuleReference: Sendable, Hashable {
        package let set: ID<RuleSet>
        package let code: String
        package let domain: PointDomain

        package init(set: ID<RuleSet>, code: String, domain: PointDomain) {
            self.set = set
            self.code = code
            self.domain = domain
        }
    }

    /// What it does to the household's balance.
    package var effect: Int { destination == .household ? points : -points }
}
