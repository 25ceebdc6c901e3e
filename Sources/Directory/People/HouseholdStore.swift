package import Kernel
package import Storage

/// Every statement about households and who belongs to them.
package struct HouseholdStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ household: Household) throws {
        try tx.enqueue(
            """
            INSERT INTO household (town_id, id, grid_id, address_words, valid_from, valid_to)
            VALUES (\(town), \(household.id), \(household.grid), \(household.addressWords), \(household.term.from), \(household.term.to))
            """)
    }

    package func insert(_ residency: Residency) throws {
        try tx.enqueue(
            """
            INSERT INTO residency (town_id, id, person_id, household_id, kind, valid_from, valid_to)
            VALUES (\(town), \(residency.id), \(residency.person), \(residency.household), \(residency.kind), \(residency.term.from),
                \(residency.term.to))
            """)
    }

    /// The household within `scope`; nil outside.
    package func find(_ id: ID<Household>, in scope: Scope) throws -> Household? {
        try tx.first(
            """
            SELECT h.id, h.grid_id, h.address_words, h.valid_from, h.valid_to FROM household h
            WHERE h.town_id = \(town) AND h.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            """
        ).map(Household.init(row:))
    }

    /// The households a person belongs to on `day`, within the whole town.
    package func households(of person: ID<PersonNode>, on day: Day) throws -> [Household] {
        try tx.query(
            """
            SELECT h.id, h.grid_id, h.address_words, h.valid_from, h.valid_to
            FROM residency r JOIN household h ON h.town_id = r.town_id AND h.id = r.household_id
            WHERE r.town_id = \(town) AND r.person_id = \(person) AND r.valid_from <= \(day) AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            ORDER BY r.valid_from, h.id
            """
        ).map(Household.init(row:))
    }

    /// How many households each grid within `scope` has on `day`.
    package func counts(in scope: Scope, on day: Day) throws -> [ID<GridNode>: Int] {
        let rows = try tx.query(
            """
            SELECT h.grid_id, count(*) AS households FROM household h
            WHERE h.town_id = \(town) AND h.valid_from <= \(day) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
                AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id")) GROUP BY h.grid_id ORDER BY h.grid_id
            """)
        return Dictionary(try rows.map { (try $0.get("grid_id"), try $0.get("households")) }) { first, _ in first }
    }

    /// How many people belong to the grid's households on `day`, by kind.
    package func counts(under grid: ID<GridNode>, on day: Day) throws -> [Residency.Kind: Int] {
        let rows = try tx.query(
            """
            SELECT r.kind, count(DISTINCT r.person_id) AS people
            FROM grid_closure c JOIN household h ON h.town_id = c.town_id AND h.grid_id = c.descendant_id
                JOIN residency r ON r.town_id = h.town_id AND r.household_id = h.id
            WHERE c.town_id = \(town) AND c.ancestor_id = \(grid) AND r.valid_from <= \(day) AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            GROUP BY r.kind ORDER BY r.kind
            """)
        return Dictionary(try rows.map { (try $0.get("kind"), try $0.get("people")) }) { first, _ in first }
    }
}

extension Household {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), addressWords: try row.get("address_words"),
            from: try row.get("valid_from"),
            to: try row.get("valid_to"))
    }
}
