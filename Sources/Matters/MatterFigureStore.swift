package import Kernel
package import Storage

/// Every statement for figures and for what everybody may know of closed matters.
package struct MatterFigureStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The matters closed last, as everybody may know of them: what kind, where and when, never a word of what was said.
    package func recentlyClosed(limit: Int) throws -> [ClosedMatter] {
        try tx.query(
            """
            SELECT m.category, m.grid_id, m.reported_at, m.closed_at FROM matter m
            WHERE m.town_id = \(town) AND m.is_open = 0 AND m.closed_at IS NOT NULL AND m.is_restricted = 0
            ORDER BY m.closed_at DESC, m.id DESC LIMIT \(limit)
            """
        ).map { row in
            ClosedMatter(
                category: try row.get("category"), grid: try row.get("grid_id"), reportedAt: try row.get("reported_at"),
                closedAt: try row.get("closed_at"))
        }
    }

    /// How many matters of the whole town are open, of every category.
    package func open() throws -> Int {
        try tx.value("SELECT count(*) FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1") ?? 0
    }

    /// How many matters of each of these villages are open, of every category.
    package func open(inVillages villages: [ID<GridNode>]) throws -> [ID<GridNode>: Int] {
        guard !villages.isEmpty else { return [:] }
        let branches = villages.map { village -> SQL in
            """
            SELECT m.village_id AS village, count(*) AS matters FROM matter m
            WHERE m.town_id = \(town) AND m.village_id = \(village) AND m.is_open = 1 GROUP BY m.village_id
            """
        }
        let rows = try tx.query(SQL.joined(branches, separator: " UNION ALL ") + " ORDER BY village, matters")
        return Dictionary(try rows.map { (try $0.get("village"), try $0.get("matters", as: Int.self)) }, uniquingKeysWith: +)
    }

    /// The matters closed since `start`, by village, with how often a follow-up had found them not done before.
    package func closed(since start: Instant) throws -> [ID<GridNode>: ClosedCount] {
        // First those of the time, from the index of what was closed: for the groups alone, SQLite would walk through every matter there is.
        let rows = try tx.query(
            """
            WITH c AS MATERIALIZED (
                SELECT m.village_id, m.reopened FROM matter m WHERE m.town_id = \(town) AND m.is_open = 0 AND m.closed_at >= \(start))
            SELECT c.village_id, count(*) AS matters, CAST(sum(c.reopened) AS BIGINT) AS reopened FROM c
            GROUP BY c.village_id ORDER BY c.village_id
            """)
        return Dictionary(
            try rows.map {
                (try $0.get("village_id"), ClosedCount(matters: try $0.get("matters"), reopened: try $0.get("reopened")))
            }
        ) { first, _ in first }
    }
}

/// What everybody may know of a closed matter.
package struct ClosedMatter: Hashable, Sendable {
    package let category: String
    package let grid: ID<GridNode>
    package let reportedAt: Instant
    package let closedAt: Instant
}

/// Closed matters of a village and what their follow-ups said.
package struct ClosedCount: Hashable, Sendable {
    package let matters: Int
    package let reopened: Int

    /// The share of follow-ups that were satisfied, in whole percent: every closed matter had one, every reopening was one that was not.
    package var satisfiedPercent: Int? { matters > 0 ? matters * 100 / (matters + reopened) : nil }
}
