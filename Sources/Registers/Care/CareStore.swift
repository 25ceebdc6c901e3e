import Directory
package import Identity
package import Kernel
package import Storage

/// Every statement about key-care marks.
package struct CareStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    package func insert(_ mark: CareMark) throws {
        let note = try mark.note.map { try vault.seal($0, for: Self.place(mark.id)) }
        try tx.enqueue(
            """
            INSERT INTO care_mark (town_id, id, person_id, kind, purpose, audience, note_sealed, valid_from, valid_to)
            VALUES (\(town), \(mark.id), \(mark.person), \(mark.kind), \(mark.purpose), \(mark.audience), \(note), \(mark.from), \(mark.to))
            """)
    }

    /// Makes `day` its last; a mark of a later day then never held.
    package func end(_ mark: ID<CareMark>, on day: Day) throws {
        try tx.execute(
            """
            UPDATE care_mark SET valid_to = \(day), valid_from = CASE WHEN valid_from > \(day) THEN \(day) ELSE valid_from END
            WHERE town_id = \(town) AND id = \(mark)
            """)
    }

    package func give(_ marks: [ID<CareMark>], to person: ID<PersonNode>) throws {
        try tx.execute("UPDATE care_mark SET person_id = \(person) WHERE town_id = \(town) AND id IN (\(list: marks))")
    }

    /// The mark, if `reach` may know of it.
    package func find(_ id: ID<CareMark>, _ reach: CareReach, on day: Day) throws -> CareMark? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM care_mark m
            WHERE m.town_id = \(town) AND m.id = \(id) AND \(reach.predicate(of: town, on: day))
            """
        ).map(mark)
    }

    /// Marks that hold on `day` of some people, as far as `reach` may know.
    package func current(of people: [ID<PersonNode>], _ reach: CareReach, on day: Day) throws -> [CareMark] {
        guard !people.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM care_mark m
            WHERE m.town_id = \(town) AND m.person_id IN (\(list: people)) AND m.valid_from <= \(day) AND m.valid_to >= \(day)
                AND \(reach.predicate(of: town, on: day))
            ORDER BY m.person_id, m.kind, m.id
            """
        ).map(mark)
    }

    /// Every mark of one person, also ended ones, whoever may know: for the export and for joining records.
    func all(of people: [ID<PersonNode>]) throws -> [CareMark] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM care_mark m WHERE m.town_id = \(town) AND m.person_id IN (\(list: people))
            ORDER BY m.valid_from, m.id
            """
        ).map(mark)
    }

    static func place(_ mark: ID<CareMark>) -> String { "care_mark.note \(mark)" }

    private static let columns: SQL =
        "m.id, m.person_id, m.kind, m.purpose, m.audience, m.note_sealed, m.valid_from, m.valid_to"

    private func mark(_ row: Row) throws -> CareMark {
        let (id, note): (ID<CareMark>, [UInt8]?) = (try row.get("id"), try row.get("note_sealed"))
        return CareMark(
            id: id, person: try row.get("person_id"), kind: try row.get("kind"), purpose: try row.get("purpose"),
            audience: try row.get("audience"), note: try note.map { try vault.open($0, for: Self.place(id)) },
            from: try row.get("valid_from"), to: try row.get("valid_to"))
    }
}
