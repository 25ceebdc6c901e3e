import Directory
import Foundation
package import Kernel
package import Storage

/// Every statement about the index of people: FTS5 on SQLite, a GIN index over `tsvector` on PostgreSQL.
package struct FindStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Writing

    /// Enters somebody, or anew with other keys.
    package func put(_ person: ID<PersonNode>, _ keys: [String]) throws {
        let text = keys.joined(separator: " ")
        let known: Int64? = try tx.value(
            "SELECT f.number FROM person_find f WHERE f.town_id = \(town) AND f.person_id = \(person)")
        if let known { try change(known, text) } else { try enqueue([(person, keys)]) }
    }

    /// For bulk loads: none of the people may be in the index yet.
    package func enqueue(_ people: [(id: ID<PersonNode>, keys: [String])]) throws {
        guard !people.isEmpty else { return }
        switch tx.dialect {
        case .sqlite:
            // Rising numbers, because FTS5 gathers words in memory only while they rise; and all at once, because it writes down what it
            // has gathered before every statement that follows.
            let last: Int64 = try tx.value("SELECT COALESCE(MAX(number), 0) FROM person_find") ?? 0
            try tx.enqueue(
                "INSERT INTO person_find (town_id, number, person_id, keys) VALUES ",
                rows: people.enumerated().map { place, person in
                    "(\(town), \(last + Int64(place) + 1), \(person.id), \(person.keys.joined(separator: " ")))"
                })
            try tx.enqueue(
                "INSERT INTO person_gram (rowid, grams) SELECT number, keys FROM person_find WHERE number > \(last) ORDER BY number"
            )
        case .postgres:
            try tx.enqueue(
                "INSERT INTO person_find (town_id, number, person_id, grams) VALUES ",
                rows: people.map { person in
                    """
                    (\(town), \(Self.number(of: person.id)), \(person.id),
                        array_to_tsvector(string_to_array(\(person.keys.joined(separator: " ")), ' ')))
                    """
                })
        }
    }

    /// Takes somebody out.
    package func remove(_ person: ID<PersonNode>) throws {
        if tx.dialect == .sqlite {
            let row = try tx.first(
                "SELECT f.number, f.keys FROM person_find f WHERE f.town_id = \(town) AND f.person_id = \(person)")
            guard let row else { return }
            try forget(try row.get("number"), try row.get("keys"))
        }
        try tx.execute("DELETE FROM person_find WHERE town_id = \(town) AND person_id = \(person)")
    }

    private func change(_ number: Int64, _ text: String) throws {
        switch tx.dialect {
        case .sqlite:
            let before: String =
                try tx.value("SELECT f.keys FROM person_find f WHERE f.town_id = \(town) AND f.number = \(number)") ?? ""
            guard before != text else { return }
            try forget(number, before)
            try tx.execute("UPDATE person_find SET keys = \(text) WHERE town_id = \(town) AND number = \(number)")
            try tx.execute("INSERT INTO person_gram (rowid, grams) VALUES (\(number), \(text))")
        case .postgres:
            try tx.execute(
                """
                UPDATE person_find SET grams = array_to_tsvector(string_to_array(\(text), ' '))
                WHERE town_id = \(town) AND number = \(number)
                """)
        }
    }

    private func forget(_ number: Int64, _ text: String) throws {
        try tx.execute("INSERT INTO person_gram (person_gram, rowid, grams) VALUES ('delete', \(number), \(text))")
    }

    /// The last 62 bits of the id, which are random: nothing there depends on their order.
    private static func number(of person: ID<PersonNode>) -> Int64 {
        withUnsafeBytes(of: person.uuid.uuid) { bytes in
            bytes[8...].reduce(Int64(0)) { $0 << 8 | Int64($1) } & 0x3FFF_FFFF_FFFF_FFFF
        }
    }

    // MARK: Reading

    /// People in the index of whom all `terms` hold, at most `limit`.
    /// - Parameters:
    ///   - grids: the grids that may be searched; nil for the whole town.
    ///   - scope: checked once more where rows are chosen.
    package func find(
        _ terms: [FindQuestion.Term], in grids: [ID<GridNode>]?, _ scope: Scope, on day: Day, limit: Int
    ) throws -> [ID<PersonNode>] {
        guard !terms.isEmpty, grids?.isEmpty != true else { return [] }
        let places = grids.map { [FindQuestion.Term.any($0.map { .key(FindKeys.key($0)) })] } ?? []
        let question = FindSyntax(dialect: tx.dialect).text(of: .all(terms + places))
        let reach = PersonScope.predicate(scope, town: town, person: "f.person_id", on: day)
        let rows =
            switch tx.dialect {
            case .sqlite:
                try tx.query(
                    """
                    SELECT f.person_id FROM (SELECT rowid AS number FROM person_gram WHERE person_gram MATCH \(question)) g
                    CROSS JOIN person_find f ON f.number = g.number WHERE f.town_id = \(town) AND \(reach) LIMIT \(limit)
                    """)
            case .postgres:
                // CASE keeps the planner from reading everybody in reach first: what a question it does not know finds, it guesses
                // a hundred times too high.
                try tx.query(
                    """
                    SELECT f.person_id FROM person_find f
                    WHERE f.town_id = \(town) AND f.grams @@ CAST(\(question) AS tsquery)
                        AND CASE WHEN \(reach) THEN TRUE ELSE FALSE END LIMIT \(limit)
                    """)
            }
        return try rows.map { try $0.get("person_id") }
    }

    /// People who live or lived somewhere and are not in the index, after `id`.
    func missing(after id: ID<PersonNode>?, limit: Int) throws -> [ID<PersonNode>] {
        let after: SQL = if let id { " AND p.id > \(id)" } else { "" }
        return try tx.query(
            """
            SELECT p.id FROM person p LEFT JOIN person_find f ON f.town_id = p.town_id AND f.person_id = p.id
            WHERE p.town_id = \(town) AND f.person_id IS NULL AND p.merged_into IS NULL AND p.destroyed_at IS NULL
                AND EXISTS (SELECT 1 FROM residency r WHERE r.town_id = p.town_id AND r.person_id = p.id)\(after)
            ORDER BY p.id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }
}

/// Spells a question as each engine reads it. Keys hold only letters and digits, so quotes hold them together.
struct FindSyntax {
    let dialect: Dialect

    func text(of term: FindQuestion.Term) -> String {
        switch (term, dialect) {
        case (.key(let key), .sqlite): "\"\(key)\""
        case (.key(let key), .postgres): "'\(key)'"
        case (.prefix(let key), .sqlite): "\"\(key)\"*"
        case (.prefix(let key), .postgres): "'\(key)':*"
        case (.all(let terms), .sqlite): joined(terms, " AND ")
        case (.all(let terms), .postgres): joined(terms, " & ")
        case (.any(let terms), .sqlite): joined(terms, " OR ")
        case (.any(let terms), .postgres): joined(terms, " | ")
        }
    }

    private func joined(_ terms: [FindQuestion.Term], _ word: String) -> String {
        terms.count == 1 ? text(of: terms[0]) : "(" + terms.map(text).joined(separator: word) + ")"
    }
}
