package import Kernel
package import Storage

/// Every statement of the month's report.
package struct MonthReportStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// What was undone counts in the month in which it was undone.
    package func report(of village: ID<GridNode>, from: Day, to: Day) throws -> MonthReport {
        let (start, end) = (from.start(), to.adding(days: 1).start())
        func moved(_ kind: StockMovement.Kind) -> SQL {
            """
            COALESCE((SELECT SUM(m.change) FROM points_movement m WHERE m.town_id = g.town_id AND m.good_id = g.id AND m.kind = \(kind)
                AND m.day >= \(from) AND m.day <= \(to)), 0)
            """
        }
        func redeemed(_ what: SQL) -> SQL {
            """
            COALESCE((SELECT SUM(\(what)) FROM points_redemption r WHERE r.town_id = g.town_id AND r.good_id = g.id
                AND r.day >= \(from) AND r.day <= \(to)), 0)
            """
        }
        let lines = try tx.query(
            """
            SELECT g.id, g.name_zh, g.name_en,
                COALESCE((SELECT SUM(m.change) FROM points_movement m WHERE m.town_id = g.town_id AND m.good_id = g.id AND m.day < \(from)), 0)
                - COALESCE((SELECT SUM(r.count) FROM points_redemption r WHERE r.town_id = g.town_id AND r.good_id = g.id AND r.day < \(from)), 0)
                AS opening,
                \(moved(.delivery)) AS delivered, \(redeemed("r.count")) AS redeemed, \(moved(.return_)) AS put_back, \(moved(.loss)) AS lost,
                \(moved(.count)) AS counted, \(redeemed("r.count * r.price")) AS points,
                COALESCE((SELECT SUM(r.count * r.price) FROM points_redemption r WHERE r.town_id = g.town_id AND r.good_id = g.id
                    AND r.ended_at >= \(start) AND r.ended_at < \(end)), 0) AS refunded
            FROM points_good g WHERE g.town_id = \(town) AND g.village_id = \(village) ORDER BY g.name_zh, g.id
            """
        ).map { row in
            MonthReport.Line(
                good: try row.get("id"), name: try row.get("name_zh"), nameEn: try row.get("name_en"),
                opening: try row.get("opening"),
                delivered: try row.get("delivered"), redeemed: try row.get("redeemed"), putBack: try row.get("put_back"),
                lost: -(try row.get("lost", as: Int.self)), counted: try row.get("counted"), points: try row.get("points"),
                refunded: try row.get("refunded"))
        }
        let totals = try tx.first(
            """
            SELECT COUNT(DISTINCT r.household_id) AS households, COUNT(*) AS redemptions FROM points_redemption r
            WHERE r.town_id = \(town) AND r.village_id = \(village) AND r.day >= \(from) AND r.day <= \(to)
                AND r.stage = \(Redemption.Stage.done)
            """)
        return MonthReport(
            from: from, to: to, lines: lines, households: try totals?.get("households") ?? 0,
            redemptions: try totals?.get("redemptions") ?? 0)
    }
}
