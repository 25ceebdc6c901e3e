package import Directory
package import Kernel
import Storage

/// How it is settled who inspects whom. The raw value is the last part of its word's key.
package enum DrawMethod: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 轮换: by the number of the week.
    case rotation
    /// 抽签: by a seed that is recorded, so that anybody can draw it again.
    case lot
}

/// Whether the travelling flag goes to one household in every grid or to one in the whole village (domain.md §1.7 item 3).
package enum FlagScope: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    case perGrid = "per-grid"
    case village
}

/// How a village runs its rounds. 评比办法
package struct PointsScheme: Sendable, Hashable {
    package var draw = DrawMethod.rotation
    /// Households of each grid that come out best (F51).
    package var modelsPerGrid = 3
    /// Days between the notice and the posting; 0 posts on the day of the notice.
    package var noticeDays = 3
    package var flagScope = FlagScope.perGrid

    package init() {}
}

package enum RoundStage: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// Teams hand in their sheets.
    case open
    /// 公示期: the result stands on the notice board and may be objected to.
    case notice
    /// The points are in the ledger; nothing of the round changes any more.
    case posted
}

/// One week's inspection of a village, in which its level-2 grids look at one another (F50). 卫生评比
package struct InspectionRound: Sendable, Hashable {
    package let id: ID<InspectionRound>
    package let village: ID<GridNode>
    /// The Monday of its week; the round belongs to the month this day lies in, so a month has four rounds or five.
    package let week: Day
    /// The sets whose lines it is scored and rewarded by, fixed when it was opened.
    package let villagersSet: ID<RuleSet>
    package let tenantsSet: ID<RuleSet>?
    package let draw: DrawMethod
    /// What lots of this round are drawn with: 16 hexadecimal digits.
    package let seed: String
    package let stage: RoundStage
    package let openedAt: Instant
    /// The last day for objections.
    package let noticeUntil: Day?
    package let postedAt: Instant?
    package let version: Int

    package var month: MonthKey { MonthKey(week) }
    /// The day its points count for: the last of its week, or today when that is still to come.
    package func day(on today: Day) -> Day { min(today, week.adding(days: 6)) }
}

/// Who inspects whom in a round, and the sheet that counts.
package struct InspectionPair: Sendable, Hashable {
    /// The level-2 grid whose people go.
    package let team: ID<GridNode>
    /// The level-2 grid whose households they look at; never their own.
    package let target: ID<GridNode>
    package let sheet: ID<InspectionSheet>?
}

/// What one team found in one round. A later sheet takes the place of an earlier one; none is ever changed. 评分表
package struct InspectionSheet: Sendable, Hashable {
    /// Made by the phone, so that a retry hands in once.
    package let id: ID<InspectionSheet>
    package let round: ID<InspectionRound>
    package let target: ID<GridNode>
    /// 1 for the first of this round and grid.
    package let number: Int
    /// Empty for a team's own sheet; otherwise why another was made, such as an objection that was upheld.
    package let why: String
    package let at: Instant
    package let account: ID<AccountNode>
    package let post: String
    package let digest: String
}

/// One household on a sheet.
package struct HouseholdScore: Sendable, Hashable {
    package let household: ID<Household>
    /// False when nobody could look: it neither wins nor loses.
    package let seen: Bool
    /// 0 or more; what was found wrong, in points.
    package let deducted: Int
    /// How often each line of the set was found: code → times.
    package let items: [String: Int]

    package init(household: ID<Household>, seen: Bool, deducted: Int, items: [String: Int]) {
        self.household = household
        self.seen = seen
        self.deducted = deducted
        self.items = items
    }
}

/// 示范户: one of the households of a grid with the fewest deductions.
package struct ModelHousehold: Sendable, Hashable {
    package let household: ID<Household>
    package let grid: ID<GridNode>
    /// 1 for the first.
    package let place: Int
    package let deducted: Int
    package let reason: TieReason
}

/// What a household of a round says against its result. 异议
package struct Objection: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
        case open, upheld, rejected
    }
    package let id: ID<Objection>
    package let round: ID<InspectionRound>
    package let household: ID<Household>
    package let words: String
    package let at: Instant
    package let account: ID<AccountNode>
    package let stage: Stage
    package let answer: String
}
