import Directory
import Foundation
package import Kernel
package import Storage

/// Every statement about records of one person: which look alike, which were joined, which are two people.
package struct MergeStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Merges

    func insert(_ merge: PersonMerge) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let moved = String(decoding: try encoder.encode(merge.moved), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO person_merge (town_id, id, kept_id, gone_id, at, moved)
            VALUES (\(town), \(merge.id), \(merge.kept), \(merge.gone), \(merge.at), \(moved))
            """)
    }

    func undo(_ merge: ID<PersonMerge>, at now: Instant) throws {
        try tx.execute("UPDATE person_merge SET undone_at = \(now) WHERE town_id = \(town) AND id = \(merge)")
    }

    func find(_ id: ID<PersonMerge>) throws -> PersonMerge? {
        try tx.first("SELECT \(Self.columns) FROM person_merge m WHERE m.town_id = \(town) AND m.id = \(id)").map(Self.merge)
    }

    /// What was joined to a person and not separated again.
    package func standing(into kept: ID<PersonNode>) throws -> [PersonMerge] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM person_merge m
            WHERE m.town_id = \(town) AND m.kept_id = \(kept) AND m.undone_at IS NULL ORDER BY m.at, m.id
            """
        ).map(Self.merge)
    }

    private static let columns: SQL = "m.id, m.kept_id, m.gone_id, m.at, m.moved, m.undone_at"

    private static func merge(_ row: Row) throws -> PersonMerge {
        let moved: String = try row.get("moved")
        return PersonMerge(
            id: try row.get("id"), kept: try row.get("kept_id"), gone: try row.get("gone_id"), at: try row.get("at"),
            moved: try JSONDecoder().decode(PersonMerge.Moved.self, from: Data(moved.utf8)), undoneAt: try row.get("undone_at"))
    }

    // MARK: Guardians

    /// The guardianships in which somebody is the child, and those in which they answer for one, without those of the two with each other.
    func guardianships(
        of person: ID<PersonNode>, notWith other: ID<PersonNode>
    ) throws -> (guardians: [ID<Guardianship>], children: [ID<Guardianship>]) {
        let asChild = try tx.query(
            """
            SELECT g.id FROM guardian g
            WHERE g.town_id = \(town) AND g.child_id = \(person) AND g.guardian_id <> \(other) ORDER BY g.id
            """)
        let asGuardian = try tx.query(
            """
            SELECT g.id FROM guardian g
            WHERE g.town_id = \(town) AND g.guardian_id = \(person) AND g.child_id <> \(other) ORDER BY g.id
            """)
        return (try asChild.map { try $0.get("id") }, try asGuardian.map { try $0.get("id") })
    }

    func give(guardians: [ID<Guardianship>], children: [ID<Guardianship>], to person: ID<PersonNode>) throws {
        try tx.execute("UPDATE guardian SET child_id = \(person) WHERE town_id = \(town) AND id IN (\(list: guardians))")
        try tx.execute("UPDATE guardian SET guardian_id = \(person) WHERE town_id = \(town) AND id IN (\(list: children))")
    }

    // MARK: Look-alikes

    func keepApart(_ first: ID<PersonNode>, _ second: ID<PersonNode>, at now: Instant, by account: ID<AccountNode>) throws {
        try tx.execute(
            """
            INSERT INTO not_duplicate (town_id, first_id, second_id, at, account_id)
            VALUES (\(town), \(first), \(second), \(now), \(account)) ON CONFLICT DO NOTHING
            """)
    }

    /// Pairs of records that share a document, a name and a birth, or a name and the first telephone; both in `scope`, not joined and not
    /// said to be two. What the pairs mean, ``DuplicateRules`` says. Each reason is read from an index of its own.
    package func pairs(in scope: Scope, on day: Day, limit: Int) throws -> [(ID<PersonNode>, ID<PersonNode>)] {
        var found: [(ID<PersonNode>, ID<PersonNode>)] = []
        var known: Set<[ID<PersonNode>]> = []
        for same in Self.likenesses where found.count < limit {
            let rows = try tx.query(
                """
                SELECT p.id AS one, q.id AS other FROM person p JOIN person q ON q.town_id = p.town_id AND q.id > p.id AND \(same)
                WHERE p.town_id = \(town) AND p.merged_into IS NULL AND q.merged_into IS NULL
                    AND \(PersonScope.predicate(scope, town: town, person: "p.id", on: day))
                    AND \(PersonScope.predicate(scope, town: town, person: "q.id", on: day))
                    AND NOT EXISTS (SELECT 1 FROM not_duplicate n
                        WHERE n.town_id = p.town_id AND n.first_id = p.id AND n.second_id = q.id)
                LIMIT \(limit)
                """)
            for row in rows {
                let pair: [ID<PersonNode>] = [try row.get("one"), try row.get("other")]
                if known.insert(pair).inserted { found.append((pair[0], pair[1])) }
            }
        }
        return Array(found.prefix(limit))
    }

    /// Namesakes and whoever has the same document, without those said to be others; at most fifty.
    func candidates(for person: ID<PersonNode>, named name: String) throws -> [ID<PersonNode>] {
        try tx.query(
            """
            SELECT q.id FROM person q
            WHERE q.town_id = \(town) AND q.merged_into IS NULL AND q.id <> \(person) AND q.id IN (
                SELECT n.id FROM person n WHERE n.town_id = \(town) AND n.name = \(name)
                UNION
                SELECT d.id FROM person d JOIN person o ON o.town_id = d.town_id AND o.document_mark = d.document_mark
                WHERE o.town_id = \(town) AND o.id = \(person))
                AND NOT EXISTS (SELECT 1 FROM not_duplicate x WHERE x.town_id = q.town_id
                    AND ((x.first_id = q.id AND x.second_id = \(person)) OR (x.first_id = \(person) AND x.second_id = q.id)))
            ORDER BY q.id LIMIT 50
            """
        ).map { try $0.get("id") }
    }

    /// People in `scope` of the same names and births, or of the same names and first telephones: whom ``DuplicateRules`` has to look at.
    package func namesakes(
        _ said: [DuplicateRules.Trait], in scope: Scope, on day: Day, limit: Int
    ) throws -> [ID<PersonNode>] {
        let pairs = Set(said.compactMap { trait in trait.birth.map { [trait.name, $0.description] } }).sorted { $0[0] < $1[0] }
        let phones = said.reduce(into: Set<String>()) { $0.formUnion($1.phones) }.sorted()
        let reach = PersonScope.predicate(scope, town: town, person: "b.id", on: day)
        let standing: SQL = "b.town_id = \(town) AND b.merged_into IS NULL AND \(reach)"
        var branches: [SQL] = []
        if !pairs.isEmpty {
            // Pairs, looked up one by one: two lists would be looked up crosswise, and PostgreSQL would rather read everybody.
            let values = SQL.joined(pairs.map { "(\($0[0]), \($0[1]))" }, separator: ", ")
            let same: SQL = "\(standing) AND b.name = s.name AND b.birth = s.birth AND b.birth IS NOT NULL"
            let branch: SQL =
                switch tx.dialect {
                case .sqlite:
                    """
                    SELECT b.id FROM (SELECT column1 AS name, column2 AS birth FROM (VALUES \(values))) s
                        CROSS JOIN person b ON \(same)
                    """
                case .postgres:
                    """
                    SELECT t.id FROM (VALUES \(values)) AS s (name, birth),
                        LATERAL (SELECT b.id FROM person b WHERE \(same) OFFSET 0) t
                    """
                }
            branches.append(branch)
        }
        if !phones.isEmpty {
            branches.append("SELECT b.id FROM person b WHERE \(standing) AND b.phone_mark IN (\(list: phones))")
        }
        guard !branches.isEmpty else { return [] }
        return try tx.query(
            "SELECT u.id FROM (\(SQL.joined(branches, separator: " UNION "))) u ORDER BY u.id LIMIT \(limit)"
        ).map { try $0.get("id") }
    }

    private static let likenesses: [SQL] = [
        "q.document_mark = p.document_mark AND p.document_mark IS NOT NULL",
        "q.name = p.name AND q.birth = p.birth AND p.birth IS NOT NULL",
        "q.name = p.name AND q.phone_mark = p.phone_mark AND p.phone_mark IS NOT NULL",
    ]

    /// What ``DuplicateRules`` compares of some people.
    package func traits(of people: [ID<PersonNode>]) throws -> [ID<PersonNode>: DuplicateRules.Trait] {
        guard !people.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.id, p.name, p.birth, p.document_mark, p.phone_mark FROM person p
            WHERE p.town_id = \(town) AND p.id IN (\(list: people)) ORDER BY p.id
            """)
        let further = Dictionary(
            grouping: try tx.query(
                """
                SELECT f.person_id, f.mark FROM further_phone f WHERE f.town_id = \(town) AND f.person_id IN (\(list: people))
                ORDER BY f.person_id, f.position
                """
            ).map { (person: try $0.get("person_id", as: ID<PersonNode>.self), mark: try $0.get("mark", as: String.self)) },
            by: \.person)
        return Dictionary(
            try rows.map { row in
                let id: ID<PersonNode> = try row.get("id")
                let first: String? = try row.get("phone_mark")
                let phones = Set(further[id, default: []].map(\.mark) + [first].compactMap(\.self))
                return (
                    id,
                    DuplicateRules.Trait(
                        id: id, name: try row.get("name"), birth: try row.get("birth"), document: try row.get("document_mark"),
                        phones: phones)
                )
            }
        ) { first, _ in first }
    }
}
