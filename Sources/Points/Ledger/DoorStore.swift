package import Directory
package import Kernel
package import Storage

/// What points read of the directory's households.
package struct DoorStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "h.id, h.grid_id, h.address_words, v.id AS village_id"

    /// From a household to its village.
    private func places(_ condition: SQL) -> SQL {
        """
        FROM household h JOIN grid_closure c ON c.town_id = h.town_id AND c.descendant_id = h.grid_id
            JOIN grid v ON v.town_id = c.town_id AND v.id = c.ancestor_id AND v.level = 1
        WHERE h.town_id = \(town) AND \(condition)
        """
    }

    /// The household, if its grid lies in `scope`.
    package func find(_ household: ID<Household>, in scope: Scope = .town) throws -> Door? {
        let reach = GridScope.predicate(scope, town: town, grid: "h.grid_id")
        return try tx.first("SELECT \(Self.columns) \(places("h.id = \(household) AND \(reach)"))").map(Door.init(row:))
    }

    /// The households under a grid that stand on `day`, by address.
    package func doors(under grid: ID<GridNode>, on day: Day) throws -> [Door] {
        try tx.query(
            """
            SELECT \(Self.columns)
            FROM grid_closure b JOIN household h ON h.town_id = b.town_id AND h.grid_id = b.descendant_id
                JOIN grid_closure c ON c.town_id = h.town_id AND c.descendant_id = h.grid_id
                JOIN grid v ON v.town_id = c.town_id AND v.id = c.ancestor_id AND v.level = 1
            WHERE b.town_id = \(town) AND b.ancestor_id = \(grid) AND h.valid_from <= \(day) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
            ORDER BY h.address_words, h.id
            """
        ).map(Door.init(row:))
    }

    /// The households under a grid within `scope` whose address contains `text`, by address.
    package func find(
        _ text: String, under grid: ID<GridNode>, in scope: Scope, on day: Day, after last: ID<Household>?, limit: Int
    ) throws -> [Door] {
        // A percent sign or an underscore that somebody typed is looked for as it is.
        let pattern = "%" + text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_") + "%"
        let later: SQL =
            last.map { last in
                """
                (h.address_words, h.id) > (SELECT x.address_words, x.id FROM household x WHERE x.town_id = \(town) AND x.id = \(last))
                """
            } ?? "1 = 1"
        return try tx.query(
            """
            SELECT \(Self.columns)
            FROM grid_closure b JOIN household h ON h.town_id = b.town_id AND h.grid_id = b.descendant_id
                JOIN grid_closure c ON c.town_id = h.town_id AND c.descendant_id = h.grid_id
                JOIN grid v ON v.town_id = c.town_id AND v.id = c.ancestor_id AND v.level = 1
            WHERE b.town_id = \(town) AND b.ancestor_id = \(grid) AND h.valid_from <= \(day) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
                AND \(later) AND h.address_words LIKE \(pattern) ESCAPE '!'
                AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            ORDER BY h.address_words, h.id LIMIT \(limit)
            """
        ).map(Door.init(row:))
    }

    /// How many households stand under a grid on `day`.
    package func count(under grid: ID<GridNode>, on day: Day) throws -> Int {
        try tx.value(
            """
            SELECT count(*) FROM grid_closure b JOIN household h ON h.town_id = b.town_id AND h.grid_id = b.descendant_id
            WHERE b.town_id = \(town) AND b.ancestor_id = \(grid) AND h.valid_from <= \(day) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
            """) ?? 0
    }

    /// The addresses of some households, in one statement.
    package func addresses(of households: Set<ID<Household>>) throws -> [ID<Household>: String] {
        guard !households.isEmpty else { return [:] }
        let rows = try tx.query(
            "SELECT h.id, h.address_words FROM household h WHERE h.town_id = \(town) AND h.id IN (\(list: households.sorted()))")
        return Dictionary(try rows.map { (try $0.get("id"), try $0.get("address_words")) }) { first, _ in first }
    }

    /// The households a person belongs to on `day`.
    package func doors(of person: ID<PersonNode>, on day: Day) throws -> [Door] {
        let lives: SQL =
            """
            h.id IN (SELECT r.household_id FROM residency r WHERE r.town_id = \(town) AND r.person_id = \(person) AND r.valid_from <= \(day)
                AND (r.valid_to IS NULL OR r.valid_to >= \(day)))
            """
        return try tx.query("SELECT \(Self.columns) \(places(lives)) ORDER BY h.address_words, h.id").map(Door.init(row:))
    }

    /// How the people of a household live there on `day`.
    package func kinds(of household: ID<Household>, on day: Day) throws -> [Residency.Kind] {
        try tx.query(
            """
            SELECT DISTINCT r.kind FROM residency r WHERE r.town_id = \(town) AND r.household_id = \(household) AND r.valid_from <= \(day)
                AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            ORDER BY r.kind
            """
        ).map { try $0.get("kind") }
    }

    /// Whether the person belongs to the household on `day`.
    package func lives(_ person: ID<PersonNode>, in household: ID<Household>, on day: Day) throws -> Bool {
        try tx.first(
            """
            SELECT 1 AS found FROM residency r WHERE r.town_id = \(town) AND r.person_id = \(person) AND r.household_id = \(household)
                AND r.valid_from <= \(day) AND (r.valid_to IS NULL OR r.valid_to >= \(day)) LIMIT 1
            """) != nil
    }
}

extension Door {
    init(row: Row) throws {
        self.init(
            household: try row.get("id"), village: try row.get("village_id"), grid: try row.get("grid_id"),
            address: try row.get("address_words"))
    }
}
