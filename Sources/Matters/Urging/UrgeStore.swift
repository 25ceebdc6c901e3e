import Directory
package import Kernel
package import Storage

/// Every statement about urges.
package struct UrgeStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// How far back an urge nobody has answered is looked for.
    static let reach = Span.days(60)

    func add(_ urge: Urge, in village: ID<GridNode>) throws {
        try tx.execute(
            """
            INSERT INTO matter_urge (town_id, id, matter_id, village_id, side, at, account_id, actor_name, actor_post, words, holder_grid_id,
                holder_level, version)
            VALUES (\(town), \(urge.id), \(urge.matter), \(village), \(urge.side), \(urge.at), \(urge.actor?.account), \(urge.actor?.name),
                \(urge.actor?.post), \(urge.words), \(urge.holder.grid), \(urge.holder.level), \(urge.version))
            """)
    }

    package func find(_ id: ID<Urge>) throws -> Urge? {
        try tx.first(
            """
            SELECT u.id, u.matter_id, u.side, u.at, u.account_id, u.actor_name, u.actor_post, u.words, u.holder_grid_id, u.holder_level, u.version
            FROM matter_urge u WHERE u.town_id = \(town) AND u.id = \(id)
            """
        ).map(Urge.init(row:))
    }

    /// Oldest first.
    package func urges(of matter: ID<Matter>) throws -> [Urge] {
        try tx.query(
            """
            SELECT u.id, u.matter_id, u.side, u.at, u.account_id, u.actor_name, u.actor_post, u.words, u.holder_grid_id, u.holder_level, u.version
            FROM matter_urge u WHERE u.town_id = \(town) AND u.matter_id = \(matter) ORDER BY u.at, u.id
            """
        ).map(Urge.init(row:))
    }

    /// Open matters within `reach` that were urged and that no person has acted on since, the last urged first.
    func unanswered(
        _ reach: MatterReach, hiding restricted: RestrictedReach, at now: Instant, limit: Int
    ) throws -> [Matter] {
        guard !reach.pieces.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM (
                SELECT u.matter_id AS urged, max(u.at) AS at, max(u.version) AS version FROM matter_urge u
                WHERE u.town_id = \(town) AND u.at >= \(now - Self.reach) GROUP BY u.matter_id) q
            JOIN matter m ON m.town_id = \(town) AND m.id = q.urged
            WHERE m.is_open = 1 AND \(reach.condition) AND \(restricted.condition(in: town)) AND NOT EXISTS (
                SELECT 1 FROM matter_event e WHERE e.town_id = \(town) AND e.matter_id = q.urged AND e.version > q.version
                    AND e.account_id IS NOT NULL)
            ORDER BY q.at DESC, m.id LIMIT \(limit)
            """
        ).map(Matter.init(row:))
    }

    /// How often matters were urged since `start`, by village.
    package func counts(since start: Instant, in scope: Scope) throws -> [ID<GridNode>: Int] {
        let rows = try tx.query(
            """
            SELECT u.village_id, count(*) AS urges FROM matter_urge u
            WHERE u.town_id = \(town) AND u.at >= \(start) AND \(GridScope.predicate(scope, town: town, grid: "u.village_id"))
            GROUP BY u.village_id ORDER BY u.village_id
            """)
        return Dictionary(try rows.map { (try $0.get("village_id"), try $0.get("urges")) }) { first, _ in first }
    }
}

extension Urge {
    init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post) = (try row.get("actor_name", as: String?.self), try row.get("actor_post", as: String?.self))
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), side: try row.get("side"), at: try row.get("at"),
            actor: account.map { .init(account: $0, name: name ?? "", post: post ?? "") }, words: try row.get("words"),
            holder: Holder(stored: try row.get("holder_grid_id"), level: try row.get("holder_level")),
            version: try row.get("version"))
    }
}
