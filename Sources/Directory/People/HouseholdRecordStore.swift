package import Kernel
package import Storage

/// Every statement about households as the registers know them, and who lives or lived there.
package struct HouseholdRecordStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Writing

    package func insert(_ households: [HouseholdRecord]) throws {
        try tx.enqueue(
            """
            INSERT INTO household (town_id, id, grid_id, address_words, valid_from, valid_to, lane, door, estate, building, unit, room,
                head_id, visited_at, version, longitude, latitude) VALUES 
            """,
            rows: households.map { household in
                let address = household.address
                return """
                    (\(town), \(household.id), \(household.grid), \(address.words), \(household.term.from), \(household.term.to),
                        \(address.lane), \(address.door), \(address.estate), \(address.building), \(address.unit), \(address.room),
                        \(household.head), \(household.visitedAt), \(household.version), \(household.place?.longitude),
                        \(household.place?.latitude))
                    """
            })
    }

    /// - Returns: false when somebody was faster.
    package func update(_ household: HouseholdRecord, from version: Int) throws -> Bool {
        let address = household.address
        return try tx.execute(
            """
            UPDATE household SET grid_id = \(household.grid), address_words = \(address.words), lane = \(address.lane),
                door = \(address.door), estate = \(address.estate), building = \(address.building), unit = \(address.unit),
                room = \(address.room), head_id = \(household.head), valid_from = \(household.term.from),
                valid_to = \(household.term.to), version = \(household.version), longitude = \(household.place?.longitude),
                latitude = \(household.place?.latitude)
            WHERE town_id = \(town) AND id = \(household.id) AND version = \(version)
            """) == 1
    }

    /// Notes that somebody was there; an older visit that is written down later changes nothing.
    package func noteVisit(_ household: ID<Household>, at: Instant) throws {
        try tx.execute(
            """
            UPDATE household SET visited_at = \(at)
            WHERE town_id = \(town) AND id = \(household) AND (visited_at IS NULL OR visited_at < \(at))
            """)
    }

    package func insert(_ stays: [Stay]) throws {
        try tx.enqueue(
            """
            INSERT INTO residency (town_id, id, person_id, household_id, kind, valid_from, valid_to, relation, ending) VALUES 
            """,
            rows: stays.map { stay in
                let residency = stay.residency
                return """
                    (\(town), \(residency.id), \(residency.person), \(residency.household), \(residency.kind),
                        \(residency.term.from), \(residency.term.to), \(stay.relation), \(stay.ending))
                    """
            })
    }

    /// Ends or reopens a residency.
    package func end(_ residency: ID<Residency>, on day: Day?, _ ending: Stay.Ending?) throws {
        try tx.execute(
            "UPDATE residency SET valid_to = \(day), ending = \(ending) WHERE town_id = \(town) AND id = \(residency)")
    }

    /// Gives residencies to another person, when two records turn out to be one.
    package func give(_ residencies: [ID<Residency>], to person: ID<PersonNode>) throws {
        try tx.execute(
            "UPDATE residency SET person_id = \(person) WHERE town_id = \(town) AND id IN (\(list: residencies))")
    }

    /// Removes a household where nobody lives or lived.
    package func delete(_ household: ID<Household>) throws {
        try tx.execute("DELETE FROM household WHERE town_id = \(town) AND id = \(household)")
    }

    package func delete(_ residency: ID<Residency>) throws {
        try tx.execute("DELETE FROM residency WHERE town_id = \(town) AND id = \(residency)")
    }

    // MARK: Reading

    /// The household within `scope`; nil outside.
    package func find(_ id: ID<Household>, in scope: Scope) throws -> HouseholdRecord? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM household h
            WHERE h.town_id = \(town) AND h.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            """
        ).map(HouseholdRecord.init(row:))
    }

    package func find(_ ids: [ID<Household>]) throws -> [HouseholdRecord] {
        guard !ids.isEmpty else { return [] }
        return try tx.query(
            "SELECT \(Self.columns) FROM household h WHERE h.town_id = \(town) AND h.id IN (\(list: ids)) ORDER BY h.id"
        ).map(HouseholdRecord.init(row:))
    }

    /// The household at exactly these words in the grid that stands on `day`.
    package func find(at words: String, in grid: ID<GridNode>, on day: Day) throws -> HouseholdRecord? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM household h
            WHERE h.town_id = \(town) AND h.grid_id = \(grid) AND h.address_words = \(words) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
            ORDER BY h.id LIMIT 1
            """
        ).map(HouseholdRecord.init(row:))
    }

    /// The households at some words in some grids that stand on `day`: of every grid and address the oldest.
    package func find(at places: [(grid: ID<GridNode>, words: String)], on day: Day) throws -> [HouseholdRecord] {
        guard !places.isEmpty else { return [] }
        // Pairs, looked up one by one: two lists would be looked up crosswise, and PostgreSQL would rather read everything.
        let said = SQL.joined(places.map { "(\($0.grid), \($0.words))" }, separator: ", ")
        let stands: SQL = "h.town_id = \(town) AND h.address_words = s.words AND (h.valid_to IS NULL OR h.valid_to >= \(day))"
        let rows =
            switch tx.dialect {
            case .sqlite:
                try tx.query(
                    """
                    WITH s (grid, words) AS (VALUES \(said))
                    SELECT DISTINCT \(Self.columns) FROM s CROSS JOIN household h ON h.grid_id = s.grid AND \(stands) ORDER BY h.id
                    """)
            case .postgres:
                try tx.query(
                    """
                    SELECT DISTINCT \(Self.columns) FROM (VALUES \(said)) AS s (grid, words), LATERAL (
                        SELECT h.* FROM household h WHERE h.grid_id = CAST(s.grid AS uuid) AND \(stands) OFFSET 0) h ORDER BY h.id
                    """)
            }
        return try rows.map(HouseholdRecord.init(row:))
    }

    /// Who belongs or belonged to some households, the present ones first.
    package func stays(in households: [ID<Household>]) throws -> [Stay] {
        guard !households.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.stayColumns) FROM residency r WHERE r.town_id = \(town) AND r.household_id IN (\(list: households))
            ORDER BY r.household_id, r.valid_from, r.id
            """
        ).map(Stay.init(row:))
    }

    /// Where some people live or lived, the oldest first.
    package func stays(of people: [ID<PersonNode>]) throws -> [Stay] {
        guard !people.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.stayColumns) FROM residency r WHERE r.town_id = \(town) AND r.person_id IN (\(list: people))
            ORDER BY r.person_id, r.valid_from, r.id
            """
        ).map(Stay.init(row:))
    }

    package static let columns: SQL =
        """
        h.id, h.grid_id, h.address_words, h.lane, h.door, h.estate, h.building, h.unit, h.room, h.head_id, h.valid_from, h.valid_to,
        h.visited_at, h.version, h.longitude, h.latitude
        """
    private static let stayColumns: SQL =
        "r.id, r.person_id, r.household_id, r.kind, r.valid_from, r.valid_to, r.relation, r.ending"
}

extension HouseholdRecord {
    package init(row: Row) throws {
        var address = Address(
            lane: try row.get("lane"), door: try row.get("door"), estate: try row.get("estate"),
            building: try row.get("building"), unit: try row.get("unit"), room: try row.get("room"))
        address.words = try row.get("address_words")
        let longitude: Double? = try row.get("longitude")
        let latitude: Double? = try row.get("latitude")
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), address: address,
            place: longitude.flatMap { longitude in latitude.flatMap { Coordinate(longitude: longitude, latitude: $0) } },
            head: try row.get("head_id"),
            term: Term(from: try row.get("valid_from"), to: try row.get("valid_to")), visitedAt: try row.get("visited_at"),
            version: try row.get("version"))
    }
}

extension Stay {
    fileprivate init(row: Row) throws {
        self.init(
            Residency(
                id: try row.get("id"), person: try row.get("person_id"), household: try row.get("household_id"),
                kind: try row.get("kind"), from: try row.get("valid_from"), to: try row.get("valid_to")),
            relation: try row.get("relation"), ending: try row.get("ending"))
    }
}
