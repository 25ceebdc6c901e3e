package import Directory
package import Kernel

/// What is to be booked under a rule. The rule says how many points.
package struct Posting: Sendable {
    /// Made by whoever asks, so that a retry books once.
    package let id: ID<PointsEntry>
    package let household: ID<Household>
    package let person: ID<PersonNode>?
    /// The code of a rule; nil for the set's only rule of `use`.
    package let rule: String?
    package let use: PointRuleUse?
    /// The day of the deed: it decides which version of which set applies, and which caps.
    package let day: Day
    package let cause: EntryCause
    package let causeID: ID<EntryCause>?
    package let note: String
    /// The versions that were fixed when the cause began, so that a rule changed in mid-round changes nothing in that round.
    package let pinned: [ID<RuleSet>]

    package init(
        id: ID<PointsEntry>, household: ID<Household>, person: ID<PersonNode>? = nil, rule: String? = nil,
        use: PointRuleUse? = nil, day: Day, cause: EntryCause,
        causeID: ID<EntryCause>? = nil, note: String = "", pinned: [ID<RuleSet>] = []
    ) {
        self.id = id
        self.household = household
        self.person = person
        self.rule = rule
        self.use = use
        self.day = day
        self.cause = cause
        self.causeID = causeID
        self.note = note
        self.pinned = pinned
    }
}

/// What moves between a wallet and another account without a rule: spending, giving back, lapsing.
package struct Transfer: Sendable {
    package let id: ID<PointsEntry>
    package let household: ID<Household>
    package let person: ID<PersonNode>?
    package let source: LedgerAccount
    package let destination: LedgerAccount
    package let points: Int
    package let day: Day
    package let cause: EntryCause
    package let causeID: ID<EntryCause>?
    package let note: String

    /// - Parameters:
    ///   - source: the wallet, or the account that gives to it.
    ///   - destination: the wallet, or the account that takes from it; exactly one of the two is the wallet.
    package init(
        id: ID<PointsEntry>, household: ID<Household>, person: ID<PersonNode>? = nil, from source: LedgerAccount,
        to destination: LedgerAccount, points: Int, day: Day, cause: EntryCause, causeID: ID<EntryCause>? = nil, note: String = ""
    ) {
        self.id = id
        self.household = household
        self.person = person
        self.source = source
        self.destination = destination
        self.points = points
        self.day = day
        self.cause = cause
        self.causeID = causeID
        self.note = note
    }
}

/// An entry that stands now, and the cap that made it less than the rule says.
package struct Posted: Sendable, Hashable {
    package let entry: PointsEntry
    package let limitedBy: CapPeriod?
}
