package import Kernel

extension RuleSet {
    /// The drafts a village begins with, one for each audience: only what the article names, to be changed and then decided by the
    /// villagers (F50–F62).
    package static func starting(
        _ audience: Audience, of village: ID<GridNode>, id: ID<RuleSet>, ruleID: () -> ID<PointRule>
    ) -> RuleSet {
        let lines = common + (audience == .villagers ? forVillagers : forTenants)
        return RuleSet(
            id: id, village: village, audience: audience, version: 1,
            rules: lines.map { line in
                PointRule(
                    id: ruleID(), code: line.code, domain: line.domain, nameZh: line.zh, nameEn: line.en, points: line.points,
                    caps: line.caps, evidence: line.evidence, approver: line.approver, use: line.use, expiryMonths: line.expiry)
            })
    }

    private struct Line {
        let code: String
        let domain: PointDomain
        let zh: String
        let en: String
        let points: Int
        var caps = PointCaps()
        var evidence = PointEvidence.record
        var approver = PointApprover.system
        var use = PointRuleUse.open
        var expiry: Int? = 24
    }

    private static let common: [Line] = [
        Line(
            code: "model-household", domain: .environment, zh: "每周卫生评比示范户", en: "Model household of the weekly round", points: 20,
            use: .modelHousehold),
        Line(
            code: "travelling-flag", domain: .environment, zh: "每月总得分最高户", en: "Highest total of the month", points: 50,
            use: .travellingFlag),
        Line(
            code: "environment-day", domain: .environment, zh: "参加环境整治日", en: "Taking part in the environment day", points: 10,
            caps: PointCaps(month: 10), use: .environmentDay),
        Line(
            code: "litter", domain: .environment, zh: "门前有垃圾", en: "Litter at the door", points: -2, use: .inspection, expiry: nil
        ),
        Line(
            code: "clutter", domain: .environment, zh: "杂物乱堆放", en: "Things piled up in the way", points: -2, use: .inspection,
            expiry: nil),
        Line(
            code: "weeds", domain: .environment, zh: "杂草未清除", en: "Weeds not cleared", points: -1, use: .inspection, expiry: nil),
        Line(
            code: "fence", domain: .environment, zh: "篱笆不规范", en: "Fence out of order", points: -1, use: .inspection, expiry: nil),
        Line(
            code: "poultry", domain: .environment, zh: "家禽散养", en: "Poultry running loose", points: -3, use: .inspection,
            expiry: nil),
        Line(
            code: "waste-water", domain: .environment, zh: "污水直排", en: "Waste water in the open", points: -3, use: .inspection,
            expiry: nil),
        Line(
            code: "clear-yard", domain: .environment, zh: "清理房前屋后", en: "Clearing the yard", points: 5,
            caps: PointCaps(day: 5, week: 10, month: 20), evidence: .photo, approver: .worker),
        Line(
            code: "volunteer-hour", domain: .volunteering, zh: "志愿服务一小时", en: "One hour of volunteering", points: 5,
            caps: PointCaps(day: 20, month: 100), approver: .worker),
        Line(
            code: "mutual-help", domain: .mutualAid, zh: "帮助邻里", en: "Helping a neighbour", points: 5,
            caps: PointCaps(week: 10, month: 30), evidence: .words, approver: .worker),
        Line(
            code: "spread-word", domain: .publicity, zh: "协助政策宣传", en: "Helping to spread the word", points: 3,
            caps: PointCaps(month: 15), evidence: .words, approver: .worker),
        Line(
            code: "report-hazard", domain: .supervision, zh: "发现并报告隐患", en: "Finding and reporting a hazard", points: 5,
            caps: PointCaps(month: 20), approver: .worker),
    ]

    private static let forVillagers: [Line] = [
        Line(
            code: "mediation", domain: .mutualAid, zh: "调解邻里纠纷", en: "Settling a quarrel between neighbours", points: 10,
            caps: PointCaps(month: 30), approver: .chief),
        Line(
            code: "simple-wedding", domain: .villageRules, zh: "红白事简办", en: "A wedding or funeral kept simple", points: 30,
            caps: PointCaps(year: 60), approver: .chief),
        Line(
            code: "rule-breach", domain: .villageRules, zh: "违反村规民约且不改正", en: "Village rule broken and not put right",
            points: -10,
            approver: .chief, expiry: nil),
    ]

    private static let forTenants: [Line] = [
        Line(
            code: "registration", domain: .villageRules, zh: "主动申报居住信息", en: "Registering on one's own", points: 10,
            caps: PointCaps(year: 10), approver: .worker),
        Line(
            code: "rule-breach", domain: .villageRules, zh: "违反村规民约且不改正", en: "Village rule broken and not put right", points: -5,
            approver: .chief, expiry: nil),
    ]
}
