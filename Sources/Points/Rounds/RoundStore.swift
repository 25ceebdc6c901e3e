package import Kernel
package import Storage

/// Every statement about rounds, who inspects whom and who came out best; sheets are ``SheetStore``'s matter.
package struct RoundStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        r.id, r.village_id, r.week, r.villagers_set_id, r.tenants_set_id, r.draw, r.seed, r.stage, r.opened_at, r.notice_until, r.posted_at,
        r.version
        """

    /// - Returns: false when the village has a round of that week.
    package func insert(_ round: InspectionRound, pairs: [InspectionPair]) throws -> Bool {
        let isNew =
            try tx.execute(
                """
                INSERT INTO points_round (town_id, id, village_id, week, month, villagers_set_id, tenants_set_id, draw, seed, stage, opened_at,
                    notice_until, posted_at, version)
                VALUES (\(town), \(round.id), \(round.village), \(round.week), \(round.month), \(round.villagersSet), \(round.tenantsSet),
                    \(round.draw), \(round.seed), \(round.stage), \(round.openedAt), \(round.noticeUntil), \(round.postedAt), \(round.version))
                ON CONFLICT DO NOTHING
                """) == 1
        guard isNew else { return false }
        for pair in pairs {
            try tx.execute(
                """
                INSERT INTO points_pair (town_id, round_id, team_grid_id, target_grid_id, sheet_id)
                VALUES (\(town), \(round.id), \(pair.team), \(pair.target), \(pair.sheet))
                """)
        }
        return true
    }

    package func find(_ id: ID<InspectionRound>) throws -> InspectionRound? {
        try tx.first("SELECT \(Self.columns) FROM points_round r WHERE r.town_id = \(town) AND r.id = \(id)").map(
            InspectionRound.init(row:))
    }

    /// A village's rounds, the newest first.
    package func rounds(of village: ID<GridNode>, before week: Day? = nil, limit: Int) throws -> [InspectionRound] {
        let older: SQL = week.map { "r.week < \($0)" } ?? "1 = 1"
        return try tx.query(
            """
            SELECT \(Self.columns) FROM points_round r WHERE r.town_id = \(town) AND r.village_id = \(village) AND \(older)
            ORDER BY r.week DESC LIMIT \(limit)
            """
        ).map(InspectionRound.init(row:))
    }

    /// The rounds that belong to a month, by week.
    package func rounds(of village: ID<GridNode>, in month: MonthKey) throws -> [InspectionRound] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_round r WHERE r.town_id = \(town) AND r.village_id = \(village) AND r.month = \(month)
            ORDER BY r.week
            """
        ).map(InspectionRound.init(row:))
    }

    /// The months before `month` that have rounds and were not closed, the earliest first, with how many rounds wait to be posted.
    package func unclosed(
        of village: ID<GridNode>, before month: MonthKey
    ) throws -> [(month: MonthKey, rounds: Int, unposted: Int)] {
        try tx.query(
            """
            SELECT r.month, count(*) AS rounds, SUM(CASE WHEN r.stage = \(RoundStage.posted) THEN 0 ELSE 1 END) AS unposted
            FROM points_round r
            WHERE r.town_id = \(town) AND r.village_id = \(village) AND r.month < \(month) AND NOT EXISTS (
                SELECT 1 FROM points_month n WHERE n.town_id = r.town_id AND n.village_id = r.village_id AND n.month = r.month)
            GROUP BY r.month ORDER BY r.month
            """
        ).map { (try $0.get("month"), try $0.get("rounds"), try $0.get("unposted")) }
    }

    /// - Returns: false when the round is not at `version` any more.
    package func move(
        _ id: ID<InspectionRound>, to stage: RoundStage, noticeUntil: Day?, postedAt: Instant?, from version: Int
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_round SET stage = \(stage), notice_until = \(noticeUntil), posted_at = \(postedAt), version = version + 1
            WHERE town_id = \(town) AND id = \(id) AND version = \(version)
            """) == 1
    }

    // MARK: Pairs

    package func pairs(of round: ID<InspectionRound>) throws -> [InspectionPair] {
        try tx.query(
            """
            SELECT p.team_grid_id, p.target_grid_id, p.sheet_id FROM points_pair p WHERE p.town_id = \(town) AND p.round_id = \(round)
            ORDER BY p.team_grid_id
            """
        ).map {
            InspectionPair(
                team: try $0.get("team_grid_id"), target: try $0.get("target_grid_id"), sheet: try $0.get("sheet_id"))
        }
    }

    /// Makes `sheet` the one that counts.
    package func setSheet(_ sheet: ID<InspectionSheet>, of round: ID<InspectionRound>, target: ID<GridNode>) throws {
        try tx.execute(
            """
            UPDATE points_pair SET sheet_id = \(sheet) WHERE town_id = \(town) AND round_id = \(round) AND target_grid_id = \(target)
            """)
    }

    // MARK: Model households

    /// Puts these in the place of whoever was found best before.
    package func setModels(_ models: [ModelHousehold], of round: ID<InspectionRound>) throws {
        try tx.execute("DELETE FROM points_model WHERE town_id = \(town) AND round_id = \(round)")
        for model in models {
            try tx.enqueue(
                """
                INSERT INTO points_model (town_id, round_id, household_id, grid_id, place, deducted, reason)
                VALUES (\(town), \(round), \(model.household), \(model.grid), \(model.place), \(model.deducted), \(model.reason))
                """)
        }
    }

    package func models(of round: ID<InspectionRound>) throws -> [ModelHousehold] {
        try tx.query(
            """
            SELECT m.household_id, m.grid_id, m.place, m.deducted, m.reason FROM points_model m
            WHERE m.town_id = \(town) AND m.round_id = \(round) ORDER BY m.grid_id, m.place
            """
        ).map {
            ModelHousehold(
                household: try $0.get("household_id"), grid: try $0.get("grid_id"), place: try $0.get("place"),
                deducted: try $0.get("deducted"), reason: try $0.get("reason"))
        }
    }
}

extension InspectionRound {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), week: try row.get("week"),
            villagersSet: try row.get("villagers_set_id"), tenantsSet: try row.get("tenants_set_id"), draw: try row.get("draw"),
            seed: try row.get("seed"), stage: try row.get("stage"), openedAt: try row.get("opened_at"),
            noticeUntil: try row.get("notice_until"), postedAt: try row.get("posted_at"), version: try row.get("version"))
    }
}
