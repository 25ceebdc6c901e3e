import Directory
package import Kernel
package import Storage

/// Every statement that adds up what rounds found.
package struct ResultStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Everybody who was seen in a round, with the month so far.
    package func candidates(of round: InspectionRound) throws -> [RoundRules.Candidate] {
        let earlier = try month(of: round)
        let wins = try wins(of: round)
        return try tx.query(
            """
            SELECT s.household_id, p.target_grid_id, s.deducted
            FROM points_pair p JOIN points_score s ON s.town_id = p.town_id AND s.sheet_id = p.sheet_id
            WHERE p.town_id = \(town) AND p.round_id = \(round.id) AND s.seen = 1
            """
        ).map { row in
            let household: ID<Household> = try row.get("household_id")
            return RoundRules.Candidate(
                household: household, grid: try row.get("target_grid_id"), deducted: try row.get("deducted"),
                deductedInMonth: earlier[household, default: 0], winsInMonth: wins[household, default: 0])
        }
    }

    private func month(of round: InspectionRound) throws -> [ID<Household>: Int] {
        let rows = try tx.query(
            """
            SELECT s.household_id, SUM(s.deducted) AS deducted
            FROM points_round r JOIN points_pair p ON p.town_id = r.town_id AND p.round_id = r.id
                JOIN points_score s ON s.town_id = p.town_id AND s.sheet_id = p.sheet_id
            WHERE r.town_id = \(town) AND r.village_id = \(round.village) AND r.month = \(round.month) AND r.week < \(round.week) AND s.seen = 1
            GROUP BY s.household_id
            """)
        return Dictionary(try rows.map { (try $0.get("household_id"), try $0.get("deducted")) }) { first, _ in first }
    }

    private func wins(of round: InspectionRound) throws -> [ID<Household>: Int] {
        let rows = try tx.query(
            """
            SELECT m.household_id, count(*) AS wins
            FROM points_round r JOIN points_model m ON m.town_id = r.town_id AND m.round_id = r.id
            WHERE r.town_id = \(town) AND r.village_id = \(round.village) AND r.month = \(round.month) AND r.week < \(round.week)
            GROUP BY m.household_id
            """)
        return Dictionary(try rows.map { (try $0.get("household_id"), try $0.get("wins")) }) { first, _ in first }
    }

    /// The teams of a round in figures.
    package func teams(of round: ID<InspectionRound>) throws -> [OutlierRules.Team] {
        try tx.query(
            """
            SELECT p.team_grid_id, p.target_grid_id, COALESCE(SUM(s.seen), 0) AS seen, COALESCE(SUM(s.deducted), 0) AS deducted,
                COALESCE(MIN(CASE WHEN s.seen = 1 THEN s.deducted END), 0) AS least,
                COALESCE(MAX(CASE WHEN s.seen = 1 THEN s.deducted END), 0) AS most
            FROM points_pair p JOIN points_score s ON s.town_id = p.town_id AND s.sheet_id = p.sheet_id
            WHERE p.town_id = \(town) AND p.round_id = \(round) GROUP BY p.team_grid_id, p.target_grid_id ORDER BY p.team_grid_id
            """
        ).map { row in
            OutlierRules.Team(
                team: try row.get("team_grid_id"), target: try row.get("target_grid_id"), seen: try row.get("seen"),
                deducted: try row.get("deducted"), isUniform: try row.get("least", as: Int.self) == row.get("most", as: Int.self))
        }
    }

    /// The households that lead the posted rounds of a month, all that tie for the top or come next, grid by grid: of 50,000 only these
    /// leave the database.
    package func leaders(of village: ID<GridNode>, in month: MonthKey) throws -> [MonthRules.Candidate] {
        let year = MonthKey(month.first.adding(days: -360))
        let rows = try tx.query(
            """
            WITH totals AS (
                SELECT p.target_grid_id AS grid_id, s.household_id,
                    SUM(CASE WHEN s.seen = 0 OR s.deducted >= \(MonthRules.perRound) THEN 0 ELSE \(MonthRules.perRound) - s.deducted END) AS score
                FROM points_round r JOIN points_pair p ON p.town_id = r.town_id AND p.round_id = r.id
                    JOIN points_score s ON s.town_id = p.town_id AND s.sheet_id = p.sheet_id
                WHERE r.town_id = \(town) AND r.village_id = \(village) AND r.month = \(month) AND r.stage = \(RoundStage.posted)
                GROUP BY p.target_grid_id, s.household_id
            ), ranked AS (
                SELECT grid_id, household_id, score, DENSE_RANK() OVER (PARTITION BY grid_id ORDER BY score DESC) AS place FROM totals
            )
            SELECT t.grid_id, t.household_id, t.score,
                (SELECT count(*) FROM points_model m JOIN points_round r ON r.town_id = m.town_id AND r.id = m.round_id
                    WHERE m.town_id = \(town) AND m.household_id = t.household_id AND r.month = \(month)) AS wins,
                (SELECT count(*) FROM points_month_prize z JOIN points_month n ON n.town_id = z.town_id AND n.id = z.month_id
                    WHERE z.town_id = \(town) AND z.household_id = t.household_id AND z.has_flag = 1 AND n.month >= \(year)
                        AND n.month < \(month)) AS flags
            FROM ranked t WHERE t.place <= 2 AND t.score > 0
            """)
        return try rows.map { row in
            MonthRules.Candidate(
                household: try row.get("household_id"), grid: try row.get("grid_id"), score: try row.get("score"),
                wins: try row.get("wins"), flags: try row.get("flags"))
        }
    }
}
