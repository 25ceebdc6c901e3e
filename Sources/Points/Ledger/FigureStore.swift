package import Kernel
package import Storage

/// Every statement that counts for the office.
package struct FigureStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func figures(of village: ID<GridNode>, on day: Day) throws -> PointsFigures {
        var keys = [MonthKey(day)]
        while keys.count < 12 { keys.insert(keys[0].previous, at: 0) }
        let rows = try tx.query(
            """
            SELECT substr(e.day, 1, 7) AS month, e.source, e.destination, e.domain, SUM(e.points) AS points FROM points_entry e
            WHERE e.town_id = \(town) AND e.village_id = \(village) AND e.day >= \(keys[0].first)
            GROUP BY substr(e.day, 1, 7), e.source, e.destination, e.domain
            """)
        var (issued, spent): ([MonthKey: Int], [MonthKey: Int]) = ([:], [:])
        var domains: [PointDomain: Int] = [:]
        for row in rows {
            let (month, source): (MonthKey, LedgerAccount) = (try row.get("month"), try row.get("source"))
            let (destination, points): (LedgerAccount, Int) = (try row.get("destination"), try row.get("points"))
            if source == .issued {
                issued[month, default: 0] += points
                if let domain: PointDomain = try row.get("domain") { domains[domain, default: 0] += points }
            }
            if destination == .exchange { spent[month, default: 0] += points }
            if source == .exchange { spent[month, default: 0] -= points }
        }
        let counts = try tx.first(
            """
            SELECT count(*) AS households,
                SUM(CASE WHEN EXISTS (
                    SELECT 1 FROM points_entry e WHERE e.town_id = h.town_id AND e.household_id = h.id AND e.source = 'issued') THEN 0 ELSE 1 END) AS never
            FROM grid_closure c JOIN household h ON h.town_id = c.town_id AND h.grid_id = c.descendant_id
            WHERE c.town_id = \(town) AND c.ancestor_id = \(village) AND h.valid_from <= \(day) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
            """)
        let outstanding: Int? = try tx.value(
            "SELECT COALESCE(SUM(w.balance), 0) AS balance FROM points_wallet w WHERE w.town_id = \(town) AND w.village_id = \(village)"
        )
        return PointsFigures(
            months: keys.map { .init(month: $0, issued: issued[$0, default: 0], spent: spent[$0, default: 0]) }, domains: domains,
            households: try counts?.get("households") ?? 0, neverReached: try counts?.get("never", as: Int?.self) ?? 0,
            outstanding: outstanding ?? 0)
    }
}
