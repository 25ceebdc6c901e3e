package import Kernel
package import Storage

/// Every statement about households that move between grids.
package struct HouseholdMoveStore {
    private let tx: any Transaction
    private let town: ID<Town>
    /// So many ids in one statement, well below what either engine takes.
    private static let stretch = 500

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Who may be chosen

    /// Households of exactly this grid that stand on `day`, by address.
    /// - Parameter text: what the address holds; empty for all.
    package func standing(in grid: ID<GridNode>, on day: Day, holding text: String, limit: Int? = nil) throws -> [(
        id: ID<Household>, address: String
    )] {
        let words: SQL = text.isEmpty ? "" : " AND h.address_words LIKE \(Self.pattern(text)) ESCAPE '!'"
        let most: SQL = if let limit { " LIMIT \(limit)" } else { "" }
        return try tx.query(
            """
            SELECT h.id, h.address_words FROM household h
            WHERE h.town_id = \(town) AND h.grid_id = \(grid) AND (h.valid_to IS NULL OR h.valid_to >= \(day))\(words)
            ORDER BY h.address_words, h.id\(most)
            """
        ).map { (try $0.get("id"), try $0.get("address_words")) }
    }

    /// The same with where they are, as far as that is known.
    func places(in grid: ID<GridNode>, on day: Day) throws -> [(id: ID<Household>, place: Coordinate)] {
        try tx.query(
            """
            SELECT h.id, h.longitude, h.latitude FROM household h
            WHERE h.town_id = \(town) AND h.grid_id = \(grid) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
                AND h.longitude IS NOT NULL AND h.latitude IS NOT NULL ORDER BY h.address_words, h.id
            """
        ).compactMap { row in
            let place = Coordinate(longitude: try row.get("longitude"), latitude: try row.get("latitude"))
            return try place.map { (try row.get("id"), $0) }
        }
    }

    private static func pattern(_ text: String) -> String {
        "%" + text.map { "%_!".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
    }

    // MARK: Moving

    /// The latest day on which one of these households moved; nil when none ever did.
    func latestMove(of households: [ID<Household>]) throws -> Day? {
        try stretches(of: households).compactMap { ids -> Day? in
            try tx.first(
                "SELECT max(m.day) AS latest FROM household_move m WHERE m.town_id = \(town) AND m.household_id IN (\(list: ids))"
            )?.get("latest")
        }.max()
    }

    /// Moves households into another grid and keeps where they were.
    func move(_ households: [ID<Household>], from: ID<GridNode>, to: ID<GridNode>, on day: Day, _ ambient: Ambient) throws {
        for ids in stretches(of: households) {
            try tx.execute(
                """
                UPDATE household SET grid_id = \(to), version = version + 1
                WHERE town_id = \(town) AND grid_id = \(from) AND id IN (\(list: ids))
                """)
        }
        for household in households { try keep(HouseholdMove(household, from: from, to: to, on: day), ambient) }
    }

    /// Keeps where a household was that is changed otherwise.
    package func keep(_ move: HouseholdMove, _ ambient: Ambient) throws {
        try tx.enqueue(
            """
            INSERT INTO household_move (town_id, id, household_id, from_grid_id, to_grid_id, day, at)
            VALUES (\(town), \(ambient.newID(HouseholdMove.self)), \(move.household), \(move.from), \(move.to), \(move.day), \(ambient.now()))
            """)
    }

    /// Where a household was before, the oldest first.
    package func moves(of household: ID<Household>) throws -> [HouseholdMove] {
        try tx.query(
            """
            SELECT m.from_grid_id, m.to_grid_id, m.day FROM household_move m
            WHERE m.town_id = \(town) AND m.household_id = \(household) ORDER BY m.day, m.at, m.id
            """
        ).map { HouseholdMove(household, from: try $0.get("from_grid_id"), to: try $0.get("to_grid_id"), on: try $0.get("day")) }
    }

    private func stretches(of households: [ID<Household>]) -> [[ID<Household>]] {
        stride(from: 0, to: households.count, by: Self.stretch).map {
            Array(households[$0..<min($0 + Self.stretch, households.count)])
        }
    }
}
