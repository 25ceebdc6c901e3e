package import Kernel
package import Storage

/// Every statement about ordered routing rules.
package struct RoutingRuleStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// By their numbers.
    package func all() throws -> [RoutingRule] {
        try tx.query(
            """
            SELECT r.id, r.number, r.name, r.category, r.grid_id, r.moment, r.day_from, r.day_to, r.target, r.unit_id, r.asked, r.is_on,
                r.version
            FROM routing_rule r WHERE r.town_id = \(town) ORDER BY r.number, r.id
            """
        ).map(RoutingRule.init(row:))
    }

    package func put(_ rule: RoutingRule) throws {
        try tx.execute(
            """
            INSERT INTO routing_rule (town_id, id, number, name, category, grid_id, moment, day_from, day_to, target, unit_id, asked, is_on,
                version)
            VALUES (\(town), \(rule.id), \(rule.number), \(rule.name), \(rule.category), \(rule.grid), \(rule.moment), \(rule.from),
                \(rule.to), \(rule.target), \(rule.unit), \(rule.asked), \(rule.isOn), \(rule.version))
            ON CONFLICT (town_id, id) DO UPDATE SET number = excluded.number, name = excluded.name, category = excluded.category,
                grid_id = excluded.grid_id, moment = excluded.moment, day_from = excluded.day_from, day_to = excluded.day_to,
                target = excluded.target, unit_id = excluded.unit_id, asked = excluded.asked, is_on = excluded.is_on,
                version = excluded.version
            """)
    }

    // MARK: History

    func done(_ request: ID<RoutingRuleEvent>) throws -> (rule: ID<RoutingRule>, digest: String)? {
        try tx.first("SELECT rule_id, digest FROM routing_rule_event WHERE town_id = \(town) AND id = \(request)").map {
            (try $0.get("rule_id"), try $0.get("digest"))
        }
    }

    /// - Parameter body: the whole rule as it is from now on, for whoever has to prove it.
    func add(_ event: RoutingRuleEvent, body: String, digest: String) throws {
        try tx.execute(
            """
            INSERT INTO routing_rule_event (town_id, id, rule_id, act, number, name, body, at, account_id, actor_name, actor_post, digest)
            VALUES (\(town), \(event.id), \(event.rule), \(event.act), \(event.number), \(event.name), \(body), \(event.at),
                \(event.actor.account), \(event.actor.name), \(event.actor.post), \(digest))
            """)
    }

    /// The latest first.
    package func history() throws -> [RoutingRuleEvent] {
        try tx.query(
            """
            SELECT e.id, e.rule_id, e.act, e.number, e.name, e.at, e.account_id, e.actor_name, e.actor_post FROM routing_rule_event e
            WHERE e.town_id = \(town) ORDER BY e.at DESC, e.id DESC LIMIT 50
            """
        ).map { row in
            RoutingRuleEvent(
                id: try row.get("id"), rule: try row.get("rule_id"), act: try row.get("act"), number: try row.get("number"),
                name: try row.get("name"), at: try row.get("at"),
                actor: .init(
                    account: try row.get("account_id"), name: try row.get("actor_name"), post: try row.get("actor_post")))
        }
    }
}

/// What was changed of the rules, by whom.
package struct RoutingRuleEvent: Hashable, Sendable {
    package enum Act: String, Sendable, CaseIterable, SQLValue {
        case added, changed, moved
        case switchedOn = "switched-on"
        case switchedOff = "switched-off"
    }

    package let id: ID<RoutingRuleEvent>
    package let rule: ID<RoutingRule>
    package let act: Act
    package let number: Int
    package let name: String
    package let at: Instant
    package let actor: MatterEvent.Actor
}

extension RoutingRule {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), number: try row.get("number"), name: try row.get("name"), category: try row.get("category"),
            grid: try row.get("grid_id"), moment: try row.get("moment"), from: try row.get("day_from"), to: try row.get("day_to"),
            target: try row.get("target"), unit: try row.get("unit_id"), asked: try row.get("asked"), isOn: try row.get("is_on"),
            version: try row.get("version"))
    }
}
