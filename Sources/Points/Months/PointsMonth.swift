package import Directory
package import Kernel

/// A closed month of a village: its rounds added up, the best household of each grid rewarded, the flag handed on (F52). 月度汇总
package struct PointsMonth: Sendable, Hashable {
    package let id: ID<PointsMonth>
    package let village: ID<GridNode>
    package let month: MonthKey
    package let rounds: Int
    package let flagScope: FlagScope
    package let seed: String
    package let closedAt: Instant
    package let account: ID<AccountNode>?
    package let post: String
}

/// What a household got at the close of a month.
package struct MonthPrize: Sendable, Hashable {
    package let month: ID<PointsMonth>
    package let key: MonthKey
    package let grid: ID<GridNode>
    package let household: ID<Household>
    package let score: Int
    package let reason: TieReason
    /// Whether the travelling flag went to it. 流动红旗
    package let hasFlag: Bool
    /// The day the flag was handed back; nil while it hangs at the household's door.
    package let flagReturned: Day?
}
