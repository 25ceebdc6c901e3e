import Directory
package import Identity
package import Kernel
package import Storage

/// Every statement about properties and who lives in them.
package struct PropertyStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    // MARK: Writing

    package func insert(_ property: Property, phone: Telephone?) throws {
        let (address, owner) = (property.address, property.owner)
        let sealed = try phone.map { try vault.seal($0.digits, for: Self.place(property.id)) }
        try tx.execute(
            """
            INSERT INTO property (town_id, id, grid_id, address_words, lane, door, estate, building, unit, room, kind, use, rooms_let, owner_kind,
                owner_name, owner_id, phone_sealed, valid_from, valid_to, version)
            VALUES (\(town), \(property.id), \(property.grid), \(address.words), \(address.lane), \(address.door), \(address.estate),
                \(address.building), \(address.unit), \(address.room), \(property.kind), \(property.use), \(property.roomsLet),
                \(owner?.kind), \(owner?.name), \(owner?.record), \(sealed), \(property.term.from), \(property.term.to),
                \(property.version))
            """)
    }

    /// - Parameter phone: nil leaves the number as it is, an empty one takes it away.
    /// - Returns: false when somebody was faster.
    func update(_ property: Property, phone: Telephone??, from version: Int) throws -> Bool {
        let (address, owner) = (property.address, property.owner)
        let changed = try tx.execute(
            """
            UPDATE property SET grid_id = \(property.grid), address_words = \(address.words), lane = \(address.lane), door = \(address.door),
                estate = \(address.estate), building = \(address.building), unit = \(address.unit), room = \(address.room),
                kind = \(property.kind), use = \(property.use), rooms_let = \(property.roomsLet), owner_kind = \(owner?.kind),
                owner_name = \(owner?.name), owner_id = \(owner?.record), valid_to = \(property.term.to), version = \(property.version)
            WHERE town_id = \(town) AND id = \(property.id) AND version = \(version)
            """)
        guard changed == 1 else { return false }
        if let phone {
            let sealed = try phone.map { try vault.seal($0.digits, for: Self.place(property.id)) }
            try tx.execute("UPDATE property SET phone_sealed = \(sealed) WHERE town_id = \(town) AND id = \(property.id)")
        }
        return true
    }

    /// Says anew who lives there.
    func set(_ households: [ID<Household>], in property: ID<Property>) throws {
        try tx.execute("DELETE FROM property_household WHERE town_id = \(town) AND property_id = \(property)")
        for household in households {
            try tx.enqueue(
                """
                INSERT INTO property_household (town_id, property_id, household_id) VALUES (\(town), \(property), \(household))
                """)
        }
    }

    /// Removes a property as if it had never been entered, with who lives there.
    package func delete(_ property: ID<Property>) throws {
        try tx.execute("DELETE FROM property_household WHERE town_id = \(town) AND property_id = \(property)")
        try tx.execute("DELETE FROM property WHERE town_id = \(town) AND id = \(property)")
    }

    // MARK: Reading

    /// The property within `scope`; nil outside.
    package func find(_ id: ID<Property>, in scope: Scope) throws -> Property? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM property p
            WHERE p.town_id = \(town) AND p.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            """
        ).map(Property.init(row:))
    }

    /// The property that stands at exactly these words in the grid.
    func find(at words: String, in grid: ID<GridNode>) throws -> ID<Property>? {
        try tx.value(
            """
            SELECT p.id FROM property p
            WHERE p.town_id = \(town) AND p.grid_id = \(grid) AND p.address_words = \(words) AND p.valid_to IS NULL ORDER BY p.id LIMIT 1
            """)
    }

    /// The owner's telephone in clear; nil when none is known. For use cases that mask it or log the reveal.
    package func phone(of property: ID<Property>) throws -> String? { try phones(of: [property])[property] }

    /// The owners' telephones in clear of some properties where one is known. For use cases that mask them.
    package func phones(of properties: [ID<Property>]) throws -> [ID<Property>: String] {
        guard !properties.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.id, p.phone_sealed FROM property p
            WHERE p.town_id = \(town) AND p.id IN (\(list: properties)) AND p.phone_sealed IS NOT NULL ORDER BY p.id
            """)
        return Dictionary(
            try rows.map { row in
                let id: ID<Property> = try row.get("id")
                return (id, try vault.open(try row.get("phone_sealed", as: [UInt8].self), for: Self.place(id)))
            }
        ) { first, _ in first }
    }

    /// Those of some grids that stand, by address after an address and id.
    package func list(_ filter: PropertyFilter, in grids: [ID<GridNode>], after cursor: NameCursor?, limit: Int) throws
        -> [Property]
    {
        guard !grids.isEmpty else { return [] }
        let after: SQL =
            if let cursor { " AND (p.address_words, p.id) > (\(cursor.name), \(ID<Property>(cursor.id)))" } else { "" }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM property p
            WHERE p.town_id = \(town) AND p.grid_id IN (\(list: grids)) AND p.valid_to IS NULL AND \(Self.condition(filter))\(after)
            ORDER BY p.address_words, p.id LIMIT \(limit)
            """
        ).map(Property.init(row:))
    }

    /// How many are used for what in some grids.
    package func counts(in grids: [ID<GridNode>]) throws -> [Property.Use: Int] {
        guard !grids.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.use, count(*) AS properties FROM property p
            WHERE p.town_id = \(town) AND p.grid_id IN (\(list: grids)) AND p.valid_to IS NULL GROUP BY p.use ORDER BY p.use
            """)
        return Dictionary(try rows.map { (try $0.get("use"), try $0.get("properties")) }) { first, _ in first }
    }

    /// The properties a household lives in, within `scope`.
    func properties(of household: ID<Household>, in scope: Scope) throws -> [Property] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM property_household l JOIN property p ON p.town_id = l.town_id AND p.id = l.property_id
            WHERE l.town_id = \(town) AND l.household_id = \(household) AND p.valid_to IS NULL
                AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            ORDER BY p.address_words, p.id
            """
        ).map(Property.init(row:))
    }

    /// What some people own.
    func properties(ownedBy people: [ID<PersonNode>]) throws -> [Property] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM property p
            WHERE p.town_id = \(town) AND p.owner_kind = 'person' AND p.owner_id IN (\(list: people)) ORDER BY p.address_words, p.id
            """
        ).map(Property.init(row:))
    }

    private static func condition(_ filter: PropertyFilter) -> SQL {
        var condition: SQL = "1 = 1"
        if let kind = filter.kind { condition += " AND p.kind = \(kind)" }
        if let use = filter.use { condition += " AND p.use = \(use)" }
        if !filter.text.isEmpty {
            let pattern = "%" + filter.text.map { "%_!".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
            condition += " AND (p.address_words LIKE \(pattern) ESCAPE '!' OR p.owner_name LIKE \(pattern) ESCAPE '!')"
        }
        return condition
    }

    package static func place(_ property: ID<Property>) -> String { "property.phone \(property)" }

    private static let columns: SQL =
        """
        p.id, p.grid_id, p.address_words, p.lane, p.door, p.estate, p.building, p.unit, p.room, p.kind, p.use, p.rooms_let, p.owner_kind,
        p.owner_name, p.owner_id, p.valid_from, p.valid_to, p.version
        """
}

extension Property {
    init(row: Row) throws {
        var address = Address(
            lane: try row.get("lane"), door: try row.get("door"), estate: try row.get("estate"),
            building: try row.get("building"), unit: try row.get("unit"), room: try row.get("room"))
        address.words = try row.get("address_words")
        let kind: Owner.Kind? = try row.get("owner_kind")
        let name: String? = try row.get("owner_name")
        let record: ID<Property.Owner>? = try row.get("owner_id")
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), address: address, kind: try row.get("kind"),
            use: try row.get("use"), roomsLet: try row.get("rooms_let"),
            owner: kind.map { Owner($0, named: name ?? "", record: record) },
            term: Term(from: try row.get("valid_from"), to: try row.get("valid_to")), version: try row.get("version"))
    }
}
