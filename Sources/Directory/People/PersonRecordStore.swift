package import Identity
package import Kernel
package import Storage

/// Every statement about the registers' knowledge of people: who they are, their documents and telephones.
package struct PersonRecordStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Writing

    /// Enters people nobody knew.
    package func insert(_ people: [(record: PersonRecord, document: SealedDocument?, phones: SealedPhones)], at now: Instant)
        throws
    {
        try tx.enqueue(
            """
            INSERT INTO person (town_id, id, name, phone_sealed, phone_mark, created_at, sex, birth, document_kind, document_sealed,
                document_mark, is_party_member, deceased_on, merged_into, destroyed_at, version) VALUES 
            """,
            rows: people.map { person, document, phones in
                """
                (\(town), \(person.id), \(person.name), \(phones.first?.sealed), \(phones.first?.mark), \(now), \(person.sex),
                    \(person.birth), \(document?.kind), \(document?.sealed), \(document?.mark), \(person.isPartyMember),
                    \(person.deceasedOn), \(person.mergedInto), \(person.destroyedAt), \(person.version))
                """
            })
        for person in people { try insertFurther(person.phones, of: person.record.id) }
    }

    /// Stores everything but document and telephones, if the record still has the version it was read with.
    /// - Returns: false when somebody was faster.
    package func update(_ person: PersonRecord, from version: Int) throws -> Bool {
        try tx.execute(
            """
            UPDATE person SET name = \(person.name), sex = \(person.sex), birth = \(person.birth), is_party_member = \(person.isPartyMember),
                deceased_on = \(person.deceasedOn), merged_into = \(person.mergedInto), destroyed_at = \(person.destroyedAt),
                version = \(person.version)
            WHERE town_id = \(town) AND id = \(person.id) AND version = \(version)
            """) == 1
    }

    package func setDocument(_ document: SealedDocument?, of person: ID<PersonNode>) throws {
        try tx.execute(
            """
            UPDATE person SET document_kind = \(document?.kind), document_sealed = \(document?.sealed), document_mark = \(document?.mark)
            WHERE town_id = \(town) AND id = \(person)
            """)
    }

    package func setPhones(_ phones: SealedPhones, of person: ID<PersonNode>) throws {
        try tx.execute(
            """
            UPDATE person SET phone_sealed = \(phones.first?.sealed), phone_mark = \(phones.first?.mark)
            WHERE town_id = \(town) AND id = \(person)
            """)
        try tx.execute("DELETE FROM further_phone WHERE town_id = \(town) AND person_id = \(person)")
        try insertFurther(phones, of: person)
    }

    private func insertFurther(_ phones: SealedPhones, of person: ID<PersonNode>) throws {
        for (position, phone) in phones.others.enumerated() {
            try tx.enqueue(
                """
                INSERT INTO further_phone (town_id, id, person_id, position, sealed, mark)
                VALUES (\(town), \(phone.id), \(person), \(position + 1), \(phone.sealed), \(phone.mark))
                """)
        }
    }

    /// Removes a person whom nothing refers to.
    package func delete(_ person: ID<PersonNode>) throws {
        try tx.execute("DELETE FROM further_phone WHERE town_id = \(town) AND person_id = \(person)")
        try tx.execute("DELETE FROM person WHERE town_id = \(town) AND id = \(person)")
    }

    // MARK: Reading

    /// The person, also when moved away, if one of their residencies lies in `scope`; nil outside. See ``PersonScope``. A merged record
    /// is seen by whoever sees the one it went into.
    package func find(_ id: ID<PersonNode>, in scope: Scope, on day: Day) throws -> PersonRecord? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM person p
            WHERE p.town_id = \(town) AND p.id = \(id) AND \(PersonScope.predicate(scope, town: town, person: "COALESCE(p.merged_into, p.id)", on: day))
            """
        ).map(PersonRecord.init(row:))
    }

    package func find(_ ids: [ID<PersonNode>]) throws -> [PersonRecord] {
        guard !ids.isEmpty else { return [] }
        return try tx.query(
            "SELECT \(Self.columns) FROM person p WHERE p.town_id = \(town) AND p.id IN (\(list: ids)) ORDER BY p.id"
        ).map(PersonRecord.init(row:))
    }

    /// Who has these documents, by mark; merged records are left out. The oldest record of several.
    package func holders(ofDocuments marks: Set<String>) throws -> [String: ID<PersonNode>] {
        guard !marks.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.document_mark, p.id FROM person p
            WHERE p.town_id = \(town) AND p.document_mark IN (\(list: marks.sorted())) AND p.merged_into IS NULL ORDER BY p.id
            """)
        return Dictionary(try rows.map { (try $0.get("document_mark"), try $0.get("id")) }) { first, _ in first }
    }

    /// What is sealed of some people, in clear, with two statements however many they are. For use cases that mask it or log the reveal.
    /// - Throws: ``Vault/Unreadable``.
    package func open(_ people: [ID<PersonNode>], _ vault: Vault) throws -> [ID<PersonNode>: OpenPerson] {
        guard !people.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.id, p.document_sealed, p.phone_sealed FROM person p
            WHERE p.town_id = \(town) AND p.id IN (\(list: people)) ORDER BY p.id
            """)
        let further = try furtherPhones(of: people, vault)
        return Dictionary(
            try rows.map { row in
                let id: ID<PersonNode> = try row.get("id")
                let document: [UInt8]? = try row.get("document_sealed")
                let phone: [UInt8]? = try row.get("phone_sealed")
                let first = try phone.map { try vault.open($0, for: SealedPhone.place(id)) }
                return (
                    id,
                    OpenPerson(
                        document: try document.map { try vault.open($0, for: SealedDocument.place(id)) },
                        phones: [first].compactMap(\.self) + further[id, default: []])
                )
            }
        ) { first, _ in first }
    }

    private func furtherPhones(of people: [ID<PersonNode>], _ vault: Vault) throws -> [ID<PersonNode>: [String]] {
        let rows = try tx.query(
            """
            SELECT f.id, f.person_id, f.sealed FROM further_phone f
            WHERE f.town_id = \(town) AND f.person_id IN (\(list: people)) ORDER BY f.person_id, f.position, f.id
            """)
        var phones: [ID<PersonNode>: [String]] = [:]
        for row in rows {
            let sealed: [UInt8] = try row.get("sealed")
            phones[try row.get("person_id"), default: []].append(
                try vault.open(sealed, for: SealedPhones.place(try row.get("id"))))
        }
        return phones
    }

    package static let columns: SQL =
        """
        p.id, p.name, p.sex, p.birth, p.document_kind, p.is_party_member, p.deceased_on, p.merged_into, p.destroyed_at, p.version
        """
}

extension PersonRecord {
    package init(row: Row) throws {
        self.init(
            id: try row.get("id"), name: try row.get("name"), sex: try row.get("sex"), birth: try row.get("birth"),
            document: try row.get("document_kind"), isPartyMember: try row.get("is_party_member"),
            deceasedOn: try row.get("deceased_on"), mergedInto: try row.get("merged_into"),
            destroyedAt: try row.get("destroyed_at"), version: try row.get("version"))
    }
}
