package import Kernel
package import Storage

/// Every statement about the history of matters.
package struct MatterEventStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    static let columns: SQL =
        """
        e.id, e.matter_id, e.kind, e.at, e.account_id, e.actor_name, e.actor_post, e.from_stage, e.to_stage, e.from_holder_grid_id,
        e.from_holder_level, e.to_holder_grid_id, e.to_holder_level, e.reason, e.note, e.reply, e.finding, e.outcome, e.way, e.satisfied,
        e.rating, e.version
        """

    /// Adds an entry without waiting; the transaction fails when its id or the matter's version is taken.
    package func add(_ event: MatterEvent, digest: String = "") throws {
        let facts = event.facts
        try tx.enqueue(
            """
            INSERT INTO matter_event (town_id, id, matter_id, kind, at, account_id, actor_name, actor_post, from_stage, to_stage,
                from_holder_grid_id, from_holder_level, to_holder_grid_id, to_holder_level, reason, note, reply, finding, outcome, way,
                satisfied, rating, version, digest)
            VALUES (\(town), \(event.id), \(event.matter), \(event.kind), \(event.at), \(event.actor?.account), \(event.actor?.name),
                \(event.actor?.post), \(event.fromStage), \(event.toStage), \(event.fromHolder?.grid), \(event.fromHolder?.level),
                \(event.toHolder.grid), \(event.toHolder.level), \(facts.reason), \(facts.note), \(facts.reply), \(facts.finding),
                \(facts.outcome), \(facts.way), \(facts.satisfied), \(facts.rating), \(event.version), \(digest))
            """)
    }

    /// The whole history, oldest first.
    package func history(of matter: ID<Matter>) throws -> [MatterEvent] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM matter_event e WHERE e.town_id = \(town) AND e.matter_id = \(matter) ORDER BY e.version, e.id
            """
        ).map(MatterEvent.init(row:))
    }

    /// The whole histories of several matters, oldest first each.
    func histories(of matters: [ID<Matter>]) throws -> [ID<Matter>: [MatterEvent]] {
        guard !matters.isEmpty else { return [:] }
        let events = try tx.query(
            """
            SELECT \(Self.columns) FROM matter_event e WHERE e.town_id = \(town) AND e.matter_id IN (\(list: matters))
            ORDER BY e.matter_id, e.version, e.id
            """
        ).map(MatterEvent.init(row:))
        return Dictionary(grouping: events, by: \.matter)
    }

    /// What an act with this id did before: on which matter, and its digest.
    func done(_ id: ID<MatterEvent>) throws -> (matter: ID<Matter>, digest: String)? {
        try tx.first("SELECT e.matter_id, e.digest FROM matter_event e WHERE e.town_id = \(town) AND e.id = \(id)").map {
            (try $0.get("matter_id"), try $0.get("digest"))
        }
    }

    /// Everybody who ever checked or handled the matter, or one that is part of it.
    func handlers(of matter: ID<Matter>) throws -> Set<ID<AccountNode>> {
        let kinds: [MatterEvent.Kind] = [.siteChecked, .handled]
        let family = try MergeStore(tx, town: town).family(of: matter)
        return Set(
            try tx.query(
                """
                SELECT DISTINCT e.account_id FROM matter_event e
                WHERE e.town_id = \(town) AND e.matter_id IN (\(list: family)) AND e.kind IN (\(list: kinds)) AND e.account_id IS NOT NULL
                ORDER BY e.account_id
                """
            ).map { try $0.get("account_id") })
    }
}

extension MatterEvent {
    init(row: Row) throws {
        var facts = Facts()
        facts.reason = try row.get("reason")
        facts.note = try row.get("note")
        facts.reply = try row.get("reply")
        facts.finding = try row.get("finding")
        facts.outcome = try row.get("outcome")
        facts.way = try row.get("way")
        facts.satisfied = try row.get("satisfied")
        facts.rating = try row.get("rating")
        let account: ID<AccountNode>? = try row.get("account_id")
        let name: String? = try row.get("actor_name")
        let post: String? = try row.get("actor_post")
        let level: Int? = try row.get("from_holder_level")
        let grid: ID<GridNode>? = try row.get("from_holder_grid_id")
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), kind: try row.get("kind"), at: try row.get("at"),
            actor: account.map { Actor(account: $0, name: name ?? "", post: post ?? "") }, fromStage: try row.get("from_stage"),
            toStage: try row.get("to_stage"), fromHolder: level.map { Holder(stored: grid, level: $0) },
            toHolder: Holder(stored: try row.get("to_holder_grid_id"), level: try row.get("to_holder_level")),
            version: try row.get("version"), facts: facts)
    }
}
