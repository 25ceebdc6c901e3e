package import Kernel
package import Storage

/// Every statement about closed months and the flag.
package struct MonthStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "n.id, n.village_id, n.month, n.rounds, n.flag_scope, n.seed, n.closed_at, n.account_id, n.post"

    /// - Returns: false when the month was closed before.
    package func insert(_ month: PointsMonth, prizes: [MonthRules.Prize]) throws -> Bool {
        let isNew =
            try tx.execute(
                """
                INSERT INTO points_month (town_id, id, village_id, month, rounds, flag_scope, seed, closed_at, account_id, post)
                VALUES (\(town), \(month.id), \(month.village), \(month.month), \(month.rounds), \(month.flagScope), \(month.seed),
                    \(month.closedAt), \(month.account), \(month.post))
                ON CONFLICT DO NOTHING
                """) == 1
        guard isNew else { return false }
        for prize in prizes {
            try tx.enqueue(
                """
                INSERT INTO points_month_prize (town_id, month_id, grid_id, household_id, score, reason, has_flag, flag_returned)
                VALUES (\(town), \(month.id), \(prize.grid), \(prize.household), \(prize.score), \(prize.reason), \(prize.hasFlag), NULL)
                """)
        }
        return true
    }

    package func find(_ id: ID<PointsMonth>) throws -> PointsMonth? {
        try tx.first("SELECT \(Self.columns) FROM points_month n WHERE n.town_id = \(town) AND n.id = \(id)").map(
            PointsMonth.init(row:))
    }

    /// A village's closed months, the latest first.
    package func months(of village: ID<GridNode>, limit: Int = 24) throws -> [PointsMonth] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_month n WHERE n.town_id = \(town) AND n.village_id = \(village)
            ORDER BY n.month DESC LIMIT \(limit)
            """
        ).map(PointsMonth.init(row:))
    }

    /// What the latest months brought to whom, the latest first.
    package func prizes(of village: ID<GridNode>, limit: Int = 200) throws -> [MonthPrize] {
        try tx.query(
            """
            SELECT z.month_id, n.month, z.grid_id, z.household_id, z.score, z.reason, z.has_flag, z.flag_returned
            FROM points_month n JOIN points_month_prize z ON z.town_id = n.town_id AND z.month_id = n.id
            WHERE n.town_id = \(town) AND n.village_id = \(village) ORDER BY n.month DESC, z.grid_id LIMIT \(limit)
            """
        ).map {
            MonthPrize(
                month: try $0.get("month_id"), key: try $0.get("month"), grid: try $0.get("grid_id"),
                household: try $0.get("household_id"), score: try $0.get("score"), reason: try $0.get("reason"),
                hasFlag: try $0.get("has_flag"), flagReturned: try $0.get("flag_returned"))
        }
    }

    /// - Returns: false when there is no such flag out.
    package func returnFlag(of month: ID<PointsMonth>, grid: ID<GridNode>, on day: Day) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_month_prize SET flag_returned = \(day)
            WHERE town_id = \(town) AND month_id = \(month) AND grid_id = \(grid) AND has_flag = 1 AND flag_returned IS NULL
            """) == 1
    }

    /// Takes back every flag of a village that is still out: it travels on with the next month.
    package func returnFlags(of village: ID<GridNode>, except month: ID<PointsMonth>, on day: Day) throws {
        try tx.execute(
            """
            UPDATE points_month_prize SET flag_returned = \(day)
            WHERE town_id = \(town) AND has_flag = 1 AND flag_returned IS NULL AND month_id <> \(month)
                AND month_id IN (SELECT n.id FROM points_month n WHERE n.town_id = \(town) AND n.village_id = \(village))
            """)
    }
}

extension PointsMonth {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), month: try row.get("month"), rounds: try row.get("rounds"),
            flagScope: try row.get("flag_scope"), seed: try row.get("seed"), closedAt: try row.get("closed_at"),
            account: try row.get("account_id"), post: try row.get("post"))
    }
}
