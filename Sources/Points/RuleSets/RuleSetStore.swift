package import Kernel
package import Storage

/// Every statement about rule sets.
package struct RuleSetStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ set: RuleSet) throws {
        try tx.execute(
            """
            INSERT INTO points_rule_set (town_id, id, village_id, audience, version, valid_from, decision, decided_on, allows_debt)
            VALUES (\(town), \(set.id), \(set.village), \(set.audience), \(set.version), \(set.from), \(set.decision?.number),
                \(set.decision?.day), \(set.allowsDebt))
            """)
        for (position, rule) in set.rules.enumerated() { try insert(rule, in: set.id, position: position) }
    }

    package func insert(_ rule: PointRule, in set: ID<RuleSet>, position: Int) throws {
        try tx.execute(
            """
            INSERT INTO points_rule (town_id, id, rule_set_id, code, domain, name_zh, name_en, points, cap_day, cap_week, cap_month, cap_year,
                evidence, approver, use, expiry_months, position)
            VALUES (\(town), \(rule.id), \(set), \(rule.code), \(rule.domain), \(rule.nameZh), \(rule.nameEn), \(rule.points), \(rule.caps.day),
                \(rule.caps.week), \(rule.caps.month), \(rule.caps.year), \(rule.evidence), \(rule.approver), \(rule.use),
                \(rule.expiryMonths), \(position))
            """)
    }

    /// Changes a line of a draft; the use case has made sure that it is one.
    package func update(_ rule: PointRule, in set: ID<RuleSet>) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_rule SET domain = \(rule.domain), name_zh = \(rule.nameZh), name_en = \(rule.nameEn), points = \(rule.points),
                cap_day = \(rule.caps.day), cap_week = \(rule.caps.week), cap_month = \(rule.caps.month), cap_year = \(rule.caps.year),
                evidence = \(rule.evidence), approver = \(rule.approver), use = \(rule.use), expiry_months = \(rule.expiryMonths)
            WHERE town_id = \(town) AND rule_set_id = \(set) AND code = \(rule.code)
            """) == 1
    }

    package func remove(_ code: String, from set: ID<RuleSet>) throws -> Bool {
        try tx.execute("DELETE FROM points_rule WHERE town_id = \(town) AND rule_set_id = \(set) AND code = \(code)") == 1
    }

    /// Records the villagers' decision.
    /// - Returns: false when the set is no draft any more.
    package func adopt(_ id: ID<RuleSet>, _ decision: RuleSet.Decision, from day: Day, allowsDebt: Bool) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_rule_set SET decision = \(decision.number), decided_on = \(decision.day), valid_from = \(day), allows_debt = \(allowsDebt)
            WHERE town_id = \(town) AND id = \(id) AND decision IS NULL
            """) == 1
    }

    package func find(_ id: ID<RuleSet>) throws -> RuleSet? {
        try tx.first("SELECT \(Self.columns) FROM points_rule_set s WHERE s.town_id = \(town) AND s.id = \(id)").map(set)
    }

    /// Every version of a village, the newest first, drafts before all.
    package func all(of village: ID<GridNode>) throws -> [RuleSet] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_rule_set s WHERE s.town_id = \(town) AND s.village_id = \(village)
            ORDER BY s.audience DESC, s.version DESC
            """
        ).map(set)
    }

    /// The version that binds on `day` (``AudienceRules/inForce(_:on:)``).
    package func inForce(_ village: ID<GridNode>, _ audience: Audience, on day: Day) throws -> RuleSet? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_rule_set s
            WHERE s.town_id = \(town) AND s.village_id = \(village) AND s.audience = \(audience) AND s.valid_from <= \(day)
            ORDER BY s.valid_from DESC, s.version DESC LIMIT 1
            """
        ).map(set)
    }

    private static let columns: SQL =
        "s.id, s.village_id, s.audience, s.version, s.valid_from, s.decision, s.decided_on, s.allows_debt"

    private func set(_ row: Row) throws -> RuleSet {
        let id: ID<RuleSet> = try row.get("id")
        let number: String? = try row.get("decision")
        let day: Day? = try row.get("decided_on")
        return RuleSet(
            id: id, village: try row.get("village_id"), audience: try row.get("audience"), version: try row.get("version"),
            from: try row.get("valid_from"), decision: number.flatMap { number in day.map { .init(number: number, day: $0) } },
            allowsDebt: try row.get("allows_debt"), rules: try rules(of: id))
    }

    private func rules(of set: ID<RuleSet>) throws -> [PointRule] {
        try tx.query(
            """
            SELECT r.id, r.code, r.domain, r.name_zh, r.name_en, r.points, r.cap_day, r.cap_week, r.cap_month, r.cap_year, r.evidence,
                r.approver, r.use, r.expiry_months
            FROM points_rule r WHERE r.town_id = \(town) AND r.rule_set_id = \(set) ORDER BY r.position, r.code
            """
        ).map(PointRule.init(row:))
    }
}

extension PointRule {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), code: try row.get("code"), domain: try row.get("domain"), nameZh: try row.get("name_zh"),
            nameEn: try row.get("name_en"), points: try row.get("points"),
            caps: PointCaps(
                day: try row.get("cap_day"), week: try row.get("cap_week"), month: try row.get("cap_month"),
                year: try row.get("cap_year")),
            evidence: try row.get("evidence"), approver: try row.get("approver"), use: try row.get("use"),
            expiryMonths: try row.get("expiry_months"))
    }
}
