package import Identity
package import Kernel
package import Storage

/// A telephone number as it is stored: unreadable, and with a mark by which the same number is found again.
package struct SealedPhone: Sendable {
    let sealed: [UInt8]
    let mark: String

    /// - Throws: what ``Vault/seal(_:for:)`` throws.
    package init(_ phone: String, of person: ID<PersonNode>, _ vault: Vault) throws {
        let digits = Phone.normalised(phone)
        sealed = try vault.seal(digits, for: Self.place(person))
        mark = Self.mark(phone, vault)
    }

    static func mark(_ phone: String, _ vault: Vault) -> String { vault.mark(Phone.normalised(phone), kind: "phone") }
    static func place(_ person: ID<PersonNode>) -> String { "person.phone \(person)" }
}

/// Every statement about people.
package struct PersonStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ person: Person, phone: SealedPhone?, at now: Instant) throws {
        try tx.enqueue(
            """
            INSERT INTO person (town_id, id, name, phone_sealed, phone_mark, created_at)
            VALUES (\(town), \(person.id), \(person.name), \(phone?.sealed), \(phone?.mark), \(now))
            """)
    }

    package func find(_ id: ID<PersonNode>) throws -> Person? {
        try tx.first("SELECT p.id, p.name FROM person p WHERE p.town_id = \(town) AND p.id = \(id)").map(Self.person)
    }

    /// The person of this name with this number, whom somebody entered before.
    package func find(named name: String, phone: String, _ vault: Vault) throws -> Person? {
        let mark = SealedPhone.mark(phone, vault)
        return try tx.first(
            "SELECT p.id, p.name FROM person p WHERE p.town_id = \(town) AND p.phone_mark = \(mark) AND p.name = \(name) AND p.merged_into IS NULL ORDER BY p.id LIMIT 1"
        ).map(Self.person)
    }

    /// Everybody by exactly this name.
    package func find(named name: String) throws -> [Person] {
        try tx.query(
            "SELECT p.id, p.name FROM person p WHERE p.town_id = \(town) AND p.name = \(name) AND p.merged_into IS NULL ORDER BY p.id LIMIT 20"
        )
        .map(Self.person)
    }

    /// Everybody by exactly this name or with this telephone number.
    package func find(matching text: String, _ vault: Vault) throws -> [Person] {
        let mark = SealedPhone.mark(text, vault)
        return try tx.query(
            """
            SELECT p.id, p.name FROM person p WHERE p.town_id = \(town) AND (p.name = \(text) OR p.phone_mark = \(mark)) AND p.merged_into IS NULL
            ORDER BY p.id LIMIT 20
            """
        ).map(Self.person)
    }

    /// The names of some people. Ids nobody has are left out.
    package func names(of people: Set<ID<PersonNode>>) throws -> [ID<PersonNode>: String] {
        guard !people.isEmpty else { return [:] }
        let rows = try tx.query(
            "SELECT p.id, p.name FROM person p WHERE p.town_id = \(town) AND p.id IN (\(list: people.sorted())) ORDER BY p.id")
        return Dictionary(try rows.map { (try $0.get("id"), try $0.get("name")) }) { first, _ in first }
    }

    /// The names of everybody who holds a post in `scope` on `day`, in one statement however many they are.
    package func names(ofHoldersIn scope: Scope, on day: Day) throws -> [ID<PersonNode>: String] {
        let rows = try tx.query(
            """
            SELECT DISTINCT n.id, n.name FROM post p JOIN person n ON n.town_id = p.town_id AND n.id = p.person_id
            WHERE p.town_id = \(town) AND p.valid_from <= \(day) AND (p.valid_to IS NULL OR p.valid_to >= \(day))
                AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            ORDER BY n.id
            """)
        return Dictionary(try rows.map { (try $0.get("id"), try $0.get("name")) }) { first, _ in first }
    }

    /// The number in clear; nil when none is known. For use cases that log the reveal.
    /// - Throws: ``Vault/Unreadable``.
    package func phone(of person: ID<PersonNode>, _ vault: Vault) throws -> String? {
        guard let row = try tx.first("SELECT p.phone_sealed FROM person p WHERE p.town_id = \(town) AND p.id = \(person)"),
            let sealed: [UInt8] = try row.get("phone_sealed", as: [UInt8]?.self)
        else { return nil }
        return try vault.open(sealed, for: SealedPhone.place(person))
    }

    private static func person(_ row: Row) throws -> Person { Person(id: try row.get("id"), name: try row.get("name")) }
}
