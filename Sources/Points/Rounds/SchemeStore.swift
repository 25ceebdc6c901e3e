package import Kernel
package import Storage

/// Every statement about how villages run their rounds.
package struct SchemeStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The article's way until the village sets another.
    package func scheme(of village: ID<GridNode>) throws -> PointsScheme {
        var scheme = PointsScheme()
        let row = try tx.first(
            """
            SELECT s.draw, s.models_per_grid, s.notice_days, s.flag_scope FROM points_scheme s
            WHERE s.town_id = \(town) AND s.village_id = \(village)
            """)
        guard let row else { return scheme }
        scheme.draw = try row.get("draw")
        scheme.modelsPerGrid = try row.get("models_per_grid")
        scheme.noticeDays = try row.get("notice_days")
        scheme.flagScope = try row.get("flag_scope")
        return scheme
    }

    package func put(_ scheme: PointsScheme, of village: ID<GridNode>) throws {
        try tx.execute(
            """
            INSERT INTO points_scheme (town_id, village_id, draw, models_per_grid, notice_days, flag_scope)
            VALUES (\(town), \(village), \(scheme.draw), \(scheme.modelsPerGrid), \(scheme.noticeDays), \(scheme.flagScope))
            ON CONFLICT (town_id, village_id) DO UPDATE SET draw = excluded.draw, models_per_grid = excluded.models_per_grid,
                notice_days = excluded.notice_days, flag_scope = excluded.flag_scope
            """)
    }
}
