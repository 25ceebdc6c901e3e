package import Directory
package import Kernel
package import Storage

/// Every statement about organisations, who belongs to them, and what people can help with.
package struct OrganisationStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ organisation: Organisation) throws {
        try tx.enqueue(
            """
            INSERT INTO organisation (town_id, id, grid_id, kind, name, address_words, valid_from, valid_to, version)
            VALUES (\(town), \(organisation.id), \(organisation.grid), \(organisation.kind), \(organisation.name), \(organisation.address),
                \(organisation.term.from), \(organisation.term.to), \(organisation.version))
            """)
    }

    package func insert(_ member: OrganisationMember) throws {
        try tx.enqueue(
            """
            INSERT INTO organisation_member (town_id, id, organisation_id, person_id, role, valid_from, valid_to)
            VALUES (\(town), \(member.id), \(member.organisation), \(member.person), \(member.role), \(member.term.from), \(member.term.to))
            """)
    }

    package func endMembership(_ member: ID<OrganisationMember>, on day: Day) throws {
        try tx.execute("UPDATE organisation_member SET valid_to = \(day) WHERE town_id = \(town) AND id = \(member)")
    }

    /// The organisation within `scope`; nil outside.
    package func find(_ id: ID<Organisation>, in scope: Scope) throws -> Organisation? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM organisation o
            WHERE o.town_id = \(town) AND o.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "o.grid_id"))
            """
        ).map(Organisation.init(row:))
    }

    /// Those that stand, by grid, kind and name, each with how many belong to it.
    package func list(in scope: Scope, on day: Day, limit: Int = 500) throws -> [(organisation: Organisation, members: Int)] {
        try tx.query(
            """
            SELECT \(Self.columns), (SELECT count(*) FROM organisation_member m WHERE m.town_id = o.town_id AND m.organisation_id = o.id
                AND m.valid_from <= \(day) AND (m.valid_to IS NULL OR m.valid_to >= \(day))) AS members
            FROM organisation o
            WHERE o.town_id = \(town) AND (o.valid_to IS NULL OR o.valid_to >= \(day))
                AND \(GridScope.predicate(scope, town: town, grid: "o.grid_id"))
            ORDER BY o.kind, o.name, o.id LIMIT \(limit)
            """
        ).map { (try Organisation(row: $0), try $0.get("members")) }
    }

    /// Who belongs to an organisation on `day`, leaders first.
    package func members(of organisation: ID<Organisation>, on day: Day) throws -> [OrganisationMember] {
        try tx.query(
            """
            SELECT m.id, m.organisation_id, m.person_id, m.role, m.valid_from, m.valid_to FROM organisation_member m
            WHERE m.town_id = \(town) AND m.organisation_id = \(organisation) AND m.valid_from <= \(day)
                AND (m.valid_to IS NULL OR m.valid_to >= \(day))
            ORDER BY m.valid_from, m.id
            """
        ).map(OrganisationMember.init(row:))
    }

    /// What some people belong to or belonged to.
    package func memberships(of people: [ID<PersonNode>]) throws -> [(member: OrganisationMember, name: String)] {
        try tx.query(
            """
            SELECT m.id, m.organisation_id, m.person_id, m.role, m.valid_from, m.valid_to, o.name FROM organisation_member m
            JOIN organisation o ON o.town_id = m.town_id AND o.id = m.organisation_id
            WHERE m.town_id = \(town) AND m.person_id IN (\(list: people)) ORDER BY m.valid_from, m.id
            """
        ).map { (try OrganisationMember(row: $0), try $0.get("name")) }
    }

    package func give(_ members: [ID<OrganisationMember>], to person: ID<PersonNode>) throws {
        try tx.execute(
            "UPDATE organisation_member SET person_id = \(person) WHERE town_id = \(town) AND id IN (\(list: members))")
    }

    // MARK: Skills

    package func skills(of person: ID<PersonNode>) throws -> Set<Skill> {
        Set(
            try tx.query(
                "SELECT s.skill FROM person_skill s WHERE s.town_id = \(town) AND s.person_id = \(person) ORDER BY s.skill"
            ).map { try $0.get("skill") })
    }

    package func setSkills(_ skills: Set<Skill>, of person: ID<PersonNode>) throws {
        try tx.execute("DELETE FROM person_skill WHERE town_id = \(town) AND person_id = \(person)")
        for skill in skills.sorted(by: { $0.rawValue < $1.rawValue }) {
            try tx.enqueue("INSERT INTO person_skill (town_id, person_id, skill) VALUES (\(town), \(person), \(skill))")
        }
    }

    /// Who in `scope` can help with something: a dispute finds a retired member who mediates (F37).
    package func people(with skill: Skill, in scope: Scope, on day: Day, limit: Int = 50) throws -> [PersonRecord] {
        try tx.query(
            """
            SELECT \(PersonRecordStore.columns) FROM person_skill s JOIN person p ON p.town_id = s.town_id AND p.id = s.person_id
            WHERE s.town_id = \(town) AND s.skill = \(skill) AND p.merged_into IS NULL AND p.deceased_on IS NULL
                AND \(PersonScope.predicate(scope, town: town, person: "p.id", on: day))
            ORDER BY p.name, p.id LIMIT \(limit)
            """
        ).map(PersonRecord.init(row:))
    }

    private static let columns: SQL =
        "o.id, o.grid_id, o.kind, o.name, o.address_words, o.valid_from, o.valid_to, o.version"
}

extension Organisation {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), kind: try row.get("kind"), name: try row.get("name"),
            address: try row.get("address_words"), term: Term(from: try row.get("valid_from"), to: try row.get("valid_to")),
            version: try row.get("version"))
    }
}

extension OrganisationMember {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), organisation: try row.get("organisation_id"), person: try row.get("person_id"),
            role: try row.get("role"), from: try row.get("valid_from"), to: try row.get("valid_to"))
    }
}
