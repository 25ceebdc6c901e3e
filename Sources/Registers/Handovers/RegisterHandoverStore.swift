import Directory
import Kernel
import Storage

/// Every statement about what the registers hand over, and what they take along when grids change.
struct RegisterHandoverStore {
    private let tx: any Transaction
    private let town: ID<Town>
    /// More people to look after than one worker has.
    private static let most = 2000

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// How many households stand within `scope`, and how many people live in them.
    func counts(in scope: Scope, on day: Day) throws -> (households: Int, people: Int) {
        let place = GridScope.predicate(scope, town: town, grid: "h.grid_id")
        let households: Int? = try tx.value(
            """
            SELECT count(*) FROM household h
            WHERE h.town_id = \(town) AND (h.valid_to IS NULL OR h.valid_to >= \(day)) AND \(place)
            """)
        let people: Int? = try tx.value(
            """
            SELECT count(DISTINCT r.person_id) FROM household h JOIN residency r ON r.town_id = h.town_id AND r.household_id = h.id
            WHERE h.town_id = \(town) AND \(place) AND r.valid_from <= \(day) AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            """)
        return (households ?? 0, people ?? 0)
    }

    /// Every mark that holds on `day` of somebody who lives within `scope`, whoever may know of it, with the last visit; those nobody
    /// visited for longest first.
    func care(in scope: Scope, on day: Day) throws -> [(mark: ID<CareMark>, visited: Instant?)] {
        let rows = try tx.query(
            """
            SELECT m.id, h.visited_at FROM care_mark m
            JOIN residency r ON r.town_id = m.town_id AND r.person_id = m.person_id AND r.valid_from <= \(day)
                AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            JOIN household h ON h.town_id = r.town_id AND h.id = r.household_id
            WHERE m.town_id = \(town) AND m.valid_from <= \(day) AND m.valid_to >= \(day)
                AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            ORDER BY h.visited_at NULLS FIRST, h.id, m.person_id, m.kind, m.id LIMIT \(Self.most)
            """)
        var seen: Set<ID<CareMark>> = []
        return try rows.map { (try $0.get("id"), try $0.get("visited_at")) }.filter { seen.insert($0.0).inserted }
    }

    struct Marked: Sendable {
        let id: ID<CareMark>
        let person: ID<PersonNode>
        let name: String
        let kind: CareMark.Kind
        let household: ID<Household>
        let address: String
    }

    /// Those of some marks that `reach` may know of, with where the person lives now.
    func find(_ marks: [ID<CareMark>], _ reach: CareReach, on day: Day) throws -> [Marked] {
        guard !marks.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT m.id, m.person_id, m.kind, p.name, h.id AS household_id, h.address_words FROM care_mark m
            JOIN person p ON p.town_id = m.town_id AND p.id = m.person_id
            JOIN residency r ON r.town_id = m.town_id AND r.person_id = m.person_id AND r.valid_from <= \(day)
                AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            JOIN household h ON h.town_id = r.town_id AND h.id = r.household_id
            WHERE m.town_id = \(town) AND m.id IN (\(list: marks)) AND \(reach.predicate(of: town, on: day))
            ORDER BY m.id, h.id
            """
        ).map { row in
            Marked(
                id: try row.get("id"), person: try row.get("person_id"), name: try row.get("name"), kind: try row.get("kind"),
                household: try row.get("household_id"), address: try row.get("address_words"))
        }
    }

    // MARK: Grids that change

    /// Who lives in some households or did.
    func people(of households: [ID<Household>]) throws -> Set<ID<PersonNode>> {
        guard !households.isEmpty else { return [] }
        return Set(
            try tx.query(
                """
                SELECT DISTINCT r.person_id FROM residency r
                WHERE r.town_id = \(town) AND r.household_id IN (\(list: households)) ORDER BY r.person_id
                """
            ).map { try $0.get("person_id") })
    }

    /// Properties of a grid whose households all went to another one go along.
    func giveProperties(from grid: ID<GridNode>, to other: ID<GridNode>) throws -> [ID<RegisterEvent.Subject>] {
        try tx.query(
            """
            UPDATE property SET grid_id = \(other), version = version + 1
            WHERE town_id = \(town) AND grid_id = \(grid) AND valid_to IS NULL
                AND id IN (SELECT l.property_id FROM property_household l WHERE l.town_id = \(town))
                AND id NOT IN (SELECT l.property_id FROM property_household l JOIN household h ON h.town_id = l.town_id
                    AND h.id = l.household_id WHERE l.town_id = \(town) AND h.grid_id <> \(other))
            RETURNING id
            """
        ).map { try $0.get("id") }
    }

    /// Gives what goes on in a grid to another one.
    /// - Returns: the records, each with what was done to it.
    func give(from grid: ID<GridNode>, to other: ID<GridNode>) throws -> [(subject: ID<RegisterEvent.Subject>, act: String)] {
        let firms = try tx.query(
            """
            UPDATE enterprise SET grid_id = \(other), version = version + 1
            WHERE town_id = \(town) AND grid_id = \(grid) AND valid_to IS NULL RETURNING id
            """)
        let groups = try tx.query(
            """
            UPDATE organisation SET grid_id = \(other), version = version + 1
            WHERE town_id = \(town) AND grid_id = \(grid) AND valid_to IS NULL RETURNING id
            """)
        let properties = try tx.query(
            """
            UPDATE property SET grid_id = \(other), version = version + 1
            WHERE town_id = \(town) AND grid_id = \(grid) AND valid_to IS NULL RETURNING id
            """)
        return try properties.map { (try $0.get("id"), "property.move") } + firms.map { (try $0.get("id"), "enterprise.move") }
            + groups.map { (try $0.get("id"), "organisation.move") }
    }
}
