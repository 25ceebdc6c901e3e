import Directory
package import Kernel
package import Storage

/// Every statement that finds and updates matters by their clocks.
package struct MatterClockStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: The sweep

    /// Open matters whose clocks have brought something about before `now`.
    func unsettled(at now: Instant, limit: Int) throws -> [ID<Matter>] {
        try tx.query(
            """
            SELECT m.id FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1 AND m.check_at < \(now) ORDER BY m.due_at, m.id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    /// Open matters in order of their ids, for working all of them out anew.
    func open(after last: ID<Matter>?, limit: Int) throws -> [ID<Matter>] {
        let after: SQL = if let last { " AND m.id > \(last)" } else { "" }
        return try tx.query(
            "SELECT m.id FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1\(after) ORDER BY m.id LIMIT \(limit)"
        ).map { try $0.get("id") }
    }

    func matters(_ ids: [ID<Matter>]) throws -> [Matter] {
        guard !ids.isEmpty else { return [] }
        return try tx.query(
            "SELECT \(MatterStore.columns) FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1 AND m.id IN (\(list: ids)) ORDER BY m.id"
        ).map(Matter.init(row:))
    }

    /// Stores what the clocks say, without waiting; a matter that an act has changed meanwhile keeps what the act said.
    func setClock(of matter: Matter) throws {
        try tx.enqueue(
            """
            UPDATE matter SET respond_within = \(matter.clock.respond), finish_within = \(matter.clock.finish),
                clock_state = \(matter.clock.state), due_at = \(matter.clock.due), check_at = \(matter.clock.check),
                breaches = \(matter.clock.breaches), extensions = \(matter.clock.extensions)
            WHERE town_id = \(town) AND id = \(matter.id) AND version = \(matter.version)
            """)
    }

    // MARK: Figures

    /// Open matters that are late, by village.
    package func late(at now: Instant, in scope: Scope) throws -> [ID<GridNode>: Int] {
        let rows = try tx.query(
            """
            SELECT m.village_id, count(*) AS matters FROM matter m
            WHERE m.town_id = \(town) AND m.is_open = 1 AND m.due_at < \(now) AND m.clock_state <> 'shelved'
                AND \(GridScope.predicate(scope, town: town, grid: "m.village_id"))
            GROUP BY m.village_id ORDER BY m.village_id
            """)
        return Dictionary(try rows.map { (try $0.get("village_id"), try $0.get("matters")) }) { first, _ in first }
    }

    /// Open matters on the long-term ledger, by village.
    package func shelved(in scope: Scope) throws -> [ID<GridNode>: Int] {
        let rows = try tx.query(
            """
            SELECT m.village_id, count(*) AS matters FROM matter m
            WHERE m.town_id = \(town) AND m.is_open = 1 AND m.clock_state = 'shelved'
                AND \(GridScope.predicate(scope, town: town, grid: "m.village_id"))
            GROUP BY m.village_id ORDER BY m.village_id
            """)
        return Dictionary(try rows.map { (try $0.get("village_id"), try $0.get("matters")) }) { first, _ in first }
    }

    /// How matters closed since `start` came out, by village (domain.md §2.2). A matter may count under several heads.
    package func results(since start: Instant, in scope: Scope) throws -> [ID<GridNode>: ClockResult] {
        let rows = try tx.query(
            """
            WITH c AS MATERIALIZED (
                SELECT m.village_id, m.breaches, m.extensions, m.reopened, m.returned FROM matter m
                WHERE m.town_id = \(town) AND m.is_open = 0 AND m.closed_at >= \(start)
                    AND \(GridScope.predicate(scope, town: town, grid: "m.village_id")))
            SELECT c.village_id, count(*) AS closed, count(CASE WHEN c.breaches = 0 THEN 1 END) AS in_time,
                count(CASE WHEN c.breaches > 0 THEN 1 END) AS late, count(CASE WHEN c.extensions > 0 THEN 1 END) AS extended,
                count(CASE WHEN c.reopened > 0 THEN 1 END) AS reworked, count(CASE WHEN c.returned > 1 THEN 1 END) AS passed_around
            FROM c GROUP BY c.village_id ORDER BY c.village_id
            """)
        return Dictionary(
            try rows.map { row in
                (
                    try row.get("village_id"),
                    ClockResult(
                        closed: try row.get("closed"), inTime: try row.get("in_time"), late: try row.get("late"),
                        extended: try row.get("extended"), reworked: try row.get("reworked"),
                        passedAround: try row.get("passed_around"))
                )
            }
        ) { first, _ in first }
    }
}

/// How the closed matters of a village came out: 按期、超期、延期、返工、推诿.
package struct ClockResult: Hashable, Sendable {
    package var closed = 0
    package var inTime = 0
    package var late = 0
    package var extended = 0
    package var reworked = 0
    package var passedAround = 0
}
