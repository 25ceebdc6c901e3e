package import Kernel
import Storage
package import Web

/// The part of village life that a rule is about (F59). 领域
package enum PointDomain: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 人居环境.
    case environment
    /// 志愿服务.
    case volunteering
    /// 村规民约.
    case villageRules = "village-rules"
    /// 村民互助.
    case mutualAid = "mutual-aid"
    /// 宣传.
    case publicity
    /// 监督.
    case supervision
}

/// What has to be shown before points are booked. 依据
package enum PointEvidence: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    case none, words, photo
    /// A record of the village: a list of attendance, a mediation, a round.
    case record
}

/// Who says yes. 审核人
package enum PointApprover: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    case worker, chief
    /// The round, the close of a month or the list of attendance itself.
    case system
}

/// Where a rule is applied. The raw value is the last part of its word's key.
package enum PointRuleUse: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// Awarded by the staff or claimed by a household.
    case open
    /// A deduction in the weekly inspection: it counts in the round, it takes nothing out of a wallet.
    case inspection
    /// 示范户: for the households with the fewest deductions of a round (F51).
    case modelHousehold = "model-household"
    /// 流动红旗: for the household with the highest total of a month (F52).
    case travellingFlag = "travelling-flag"
    /// 环境整治日: for taking part (F55).
    case environmentDay = "environment-day"
}

/// How much of one rule a household may be given within a day, a week from Monday, a month and a year; nil for no cap. 上限
package struct PointCaps: Sendable, Hashable {
    package var day: Int?
    package var week: Int?
    package var month: Int?
    package var year: Int?

    package init(day: Int? = nil, week: Int? = nil, month: Int? = nil, year: Int? = nil) {
        self.day = day
        self.week = week
        self.month = month
        self.year = year
    }

    package subscript(period: CapPeriod) -> Int? {
        switch period {
        case .day: day
        case .week: week
        case .month: month
        case .year: year
        }
    }
}

/// One line of a rule set: for what, how many points, under which conditions (F59). 积分细则
package struct PointRule: Sendable, Hashable {
    package let id: ID<PointRule>
    /// The same in every version of the set, so that caps hold across a change of rules; such as `clear-yard`.
    package let code: String
    package let domain: PointDomain
    package let nameZh: String
    package let nameEn: String
    /// Above 0 for an award, below 0 for a deduction; never 0.
    package let points: Int
    package let caps: PointCaps
    package let evidence: PointEvidence
    package let approver: PointApprover
    package let use: PointRuleUse
    /// After how many months what was awarded lapses; nil for never.
    package let expiryMonths: Int?

    package init(
        id: ID<PointRule>, code: String, domain: PointDomain, nameZh: String, nameEn: String, points: Int,
        caps: PointCaps = PointCaps(), evidence: PointEvidence, approver: PointApprover, use: PointRuleUse = .open,
        expiryMonths: Int? = nil
    ) {
        self.id = id
        self.code = code
        self.domain = domain
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.points = points
        self.caps = caps
        self.evidence = evidence
        self.approver = approver
        self.use = use
        self.expiryMonths = expiryMonths
    }

    package func name(in language: Language) -> String { language == .zh ? nameZh : nameEn }
}
