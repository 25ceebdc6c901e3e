package import Kernel
import Storage

/// Whom a rule set is for (F58).
package enum Audience: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 村民: 《村民积分细则》.
    case villagers
    /// 外来租住人员: 《外来租住人员积分细则》.
    case tenants
}

/// One version of a village's rules for one audience. It binds only from the day on that the villagers' decision names (F62). 积分细则
package struct RuleSet: Sendable, Hashable {
    /// What the villagers decided. 村民(代表)会议决议
    package struct Decision: Sendable, Hashable {
        /// The number of the minutes, such as 瑶村决〔2025〕3号.
        package let number: String
        package let day: Day

        package init(number: String, day: Day) {
            self.number = number
            self.day = day
        }
    }

    package let id: ID<RuleSet>
    package let village: ID<GridNode>
    package let audience: Audience
    /// 1 for the first of this village and audience.
    package let version: Int
    /// The first day on which it binds; nil for a draft.
    package let from: Day?
    /// Nil for a draft.
    package let decision: Decision?
    /// Whether a deduction may leave a household owing points.
    package let allowsDebt: Bool
    package let rules: [PointRule]

    package init(
        id: ID<RuleSet>, village: ID<GridNode>, audience: Audience, version: Int, from: Day? = nil, decision: Decision? = nil,
        allowsDebt: Bool = false, rules: [PointRule]
    ) {
        self.id = id
        self.village = village
        self.audience = audience
        self.version = version
        self.from = from
        self.decision = decision
        self.allowsDebt = allowsDebt
        self.rules = rules
    }

    package var isDraft: Bool { decision == nil || from == nil }

    package func rule(_ code: String) -> PointRule? { rules.first { $0.code == code } }

    /// The first rule of a use; a set has at most one for every use but `open` and `inspection`.
    package func rule(for use: PointRuleUse) -> PointRule? { rules.first { $0.use == use } }
}
