package import Kernel
package import Storage

/// Every statement that destroys personal data or says that it was.
package struct DestructionStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func append(_ record: Destruction) throws {
        try tx.execute(
            """
            INSERT INTO destruction_record (town_id, id, at, purpose, what, records, reason)
            VALUES (\(town), \(record.id), \(record.at), \(record.purpose), \(record.what), \(record.records), \(record.reason))
            """)
    }

    package func latest(_ limit: Int) throws -> [Destruction] {
        try tx.query(
            """
            SELECT d.id, d.at, d.purpose, d.what, d.records, d.reason FROM destruction_record d
            WHERE d.town_id = \(town) ORDER BY d.at DESC, d.id DESC LIMIT \(limit)
            """
        ).map { row in
            Destruction(
                id: try row.get("id"), at: try row.get("at"), purpose: try row.get("purpose"), what: try row.get("what"),
                records: try row.get("records"), reason: try row.get("reason"))
        }
    }

    /// Marks under `purpose` that ended before `day`, or all of them.
    /// - Returns: how many were destroyed.
    func destroyMarks(of purpose: String, endedBefore day: Day?, limit: Int) throws -> Int {
        let ended: SQL = if let day { " AND m.valid_to < \(day)" } else { "" }
        return try tx.execute(
            """
            DELETE FROM care_mark WHERE town_id = \(town) AND id IN (
                SELECT m.id FROM care_mark m WHERE m.town_id = \(town) AND m.purpose = \(purpose)\(ended) ORDER BY m.id LIMIT \(limit))
            """)
    }

    /// Notes of visits before `instant`.
    func destroyVisitNotes(before instant: Instant, limit: Int) throws -> Int {
        try tx.execute(
            """
            UPDATE visit SET note_sealed = NULL WHERE town_id = \(town) AND id IN (
                SELECT v.id FROM visit v WHERE v.town_id = \(town) AND v.note_sealed IS NOT NULL AND v.at < \(instant)
                ORDER BY v.id LIMIT \(limit))
            """)
    }

    /// Marks of one person under a purpose end: the consent they stood on is gone.
    func endMarks(of person: ID<PersonNode>, for purpose: String, on day: Day) throws {
        try tx.execute(
            """
            UPDATE care_mark SET valid_to = \(day), valid_from = CASE WHEN valid_from > \(day) THEN \(day) ELSE valid_from END
            WHERE town_id = \(town) AND person_id = \(person) AND purpose = \(purpose) AND valid_to > \(day)
            """)
    }

    /// People whose last residency ended before `day` and who never held a post, at most `limit`. Records that were joined to another go with
    /// that one.
    func leftPeople(before day: Day, limit: Int) throws -> [ID<PersonNode>] {
        try tx.query(
            """
            SELECT p.id FROM person p
            WHERE p.town_id = \(town) AND p.destroyed_at IS NULL AND p.merged_into IS NULL
                AND EXISTS (SELECT 1 FROM residency r WHERE r.town_id = p.town_id AND r.person_id = p.id AND r.valid_to < \(day))
                AND NOT EXISTS (SELECT 1 FROM residency r WHERE r.town_id = p.town_id AND r.person_id = p.id
                    AND (r.valid_to IS NULL OR r.valid_to >= \(day)))
                AND NOT EXISTS (SELECT 1 FROM post o WHERE o.town_id = p.town_id AND o.person_id = p.id)
                AND NOT EXISTS (SELECT 1 FROM account a WHERE a.town_id = p.town_id AND a.person_id = p.id)
            ORDER BY p.id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    /// These people with every record that was joined to them, and to those in turn.
    func withJoined(_ people: [ID<PersonNode>]) throws -> [ID<PersonNode>] {
        guard !people.isEmpty else { return [] }
        return try tx.query(
            """
            WITH RECURSIVE family (id) AS (
                SELECT p.id FROM person p WHERE p.town_id = \(town) AND p.id IN (\(list: people))
                UNION
                SELECT j.id FROM family f JOIN person j ON j.town_id = \(town) AND j.merged_into = f.id)
            SELECT f.id FROM family f ORDER BY f.id
            """
        ).map { try $0.get("id") }
    }

    /// Everything that says who these people were. The rows stay, empty, so that history keeps its shape.
    func destroy(_ people: [ID<PersonNode>], at now: Instant) throws {
        try tx.execute(
            """
            UPDATE person SET name = '—', sex = NULL, birth = NULL, document_kind = NULL, document_sealed = NULL, document_mark = NULL,
                phone_sealed = NULL, phone_mark = NULL, is_party_member = 0, deceased_on = NULL, destroyed_at = \(now), version = version + 1
            WHERE town_id = \(town) AND id IN (\(list: people))
            """)
        try tx.execute("DELETE FROM further_phone WHERE town_id = \(town) AND person_id IN (\(list: people))")
        try tx.execute("DELETE FROM person_skill WHERE town_id = \(town) AND person_id IN (\(list: people))")
        try tx.execute("DELETE FROM care_mark WHERE town_id = \(town) AND person_id IN (\(list: people))")
        try tx.execute("DELETE FROM guardian WHERE town_id = \(town) AND child_id IN (\(list: people))")
        try tx.execute("DELETE FROM guardian WHERE town_id = \(town) AND guardian_id IN (\(list: people))")
        try tx.execute("DELETE FROM organisation_member WHERE town_id = \(town) AND person_id IN (\(list: people))")
        try tx.execute(
            """
            UPDATE property SET owner_kind = NULL, owner_name = NULL, owner_id = NULL, phone_sealed = NULL, version = version + 1
            WHERE town_id = \(town) AND owner_kind = 'person' AND owner_id IN (\(list: people))
            """)
        try tx.execute("DELETE FROM register_value WHERE town_id = \(town) AND subject_id IN (\(list: people))")
        let find = FindStore(tx, town: town)
        for person in people { try find.remove(person) }
    }
}
