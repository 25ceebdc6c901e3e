import Directory
package import Kernel
package import Storage

/// Every statement about consents and guardians.
package struct ConsentStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func append(_ consent: Consent) throws {
        try tx.execute(
            """
            INSERT INTO consent_entry (town_id, id, person_id, purpose, act, way, guardian_id, at, account_id)
            VALUES (\(town), \(consent.id), \(consent.person), \(consent.purpose), \(consent.act), \(consent.way), \(consent.guardian),
                \(consent.at), \(consent.account))
            """)
    }

    /// Every line about some people, the latest first.
    package func all(of people: [ID<PersonNode>]) throws -> [Consent] {
        try tx.query(
            """
            SELECT c.id, c.person_id, c.purpose, c.act, c.way, c.guardian_id, c.at, c.account_id FROM consent_entry c
            WHERE c.town_id = \(town) AND c.person_id IN (\(list: people)) ORDER BY c.at DESC, c.id DESC
            """
        ).map { row in
            Consent(
                id: try row.get("id"), person: try row.get("person_id"), purpose: try row.get("purpose"), act: try row.get("act"),
                way: try row.get("way"), guardian: try row.get("guardian_id"), at: try row.get("at"),
                account: try row.get("account_id"))
        }
    }

    package func insert(_ guardianship: Guardianship) throws {
        try tx.execute(
            """
            INSERT INTO guardian (town_id, id, child_id, guardian_id, relation, valid_from, valid_to)
            VALUES (\(town), \(guardianship.id), \(guardianship.child), \(guardianship.guardian), \(guardianship.relation),
                \(guardianship.term.from), \(guardianship.term.to))
            """)
    }

    /// Who answers or answered for the child.
    package func guardians(of child: ID<PersonNode>) throws -> [Guardianship] {
        try tx.query(
            """
            SELECT g.id, g.child_id, g.guardian_id, g.relation, g.valid_from, g.valid_to FROM guardian g
            WHERE g.town_id = \(town) AND g.child_id = \(child) ORDER BY g.valid_from, g.id
            """
        ).map { row in
            Guardianship(
                id: try row.get("id"), child: try row.get("child_id"), guardian: try row.get("guardian_id"),
                relation: try row.get("relation"), from: try row.get("valid_from"), to: try row.get("valid_to"))
        }
    }
}
