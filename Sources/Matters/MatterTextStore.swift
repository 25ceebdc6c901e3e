import Foundation
package import Kernel
package import Storage

/// Every statement about the full-text index of matters: FTS5 on SQLite, a GIN index over `tsvector` on PostgreSQL.
///
/// A matter enters it when it is closed, and stays. Open matters are few and are searched in place, so reporting pays nothing.
package struct MatterTextStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Enters a closed matter, once.
    func add(_ matter: Matter) throws {
        let known: Int? = try tx.value("SELECT 1 FROM matter_text WHERE town_id = \(town) AND id = \(matter.id)")
        guard known == nil else { return }
        // Another matter of the same millisecond may have the number.
        for number in Self.number(of: matter)... where try tx.execute(insertion(matter, number) + " ON CONFLICT DO NOTHING") == 1
        {
            return try enqueueKeys(of: matter, number)
        }
    }

    /// For bulk loads into an empty town: does not look whether the matter is there.
    package func enqueue(_ matter: Matter) throws {
        let number = Self.number(of: matter)
        try tx.enqueue(insertion(matter, number))
        try enqueueKeys(of: matter, number)
    }

    /// Closed matters that are not in the index, after `id`.
    func missing(after id: ID<Matter>?, limit: Int) throws -> [Matter] {
        let after: SQL = if let id { " AND m.id > \(id)" } else { "" }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM matter m LEFT JOIN matter_text t ON t.town_id = m.town_id AND t.id = m.id
            WHERE m.town_id = \(town) AND m.is_open = 0 AND t.id IS NULL\(after) ORDER BY m.id LIMIT \(limit)
            """
        ).map(Matter.init(row:))
    }

    /// The newest matters that have the `terms` and lie in one of `villages`, newest first: the source of a list.
    /// - Parameters:
    ///   - villages: nil for the whole town.
    ///   - condition: on `matter m`.
    func newest(
        _ terms: [SearchGrams.Term], in villages: [ID<GridNode>]?, where condition: SQL, before cursor: MatterCursor?, limit: Int
    ) throws -> [Matter] {
        let question = Self.question(terms, villages, tx.dialect)
        let end = cursor.map { Self.first(at: $0.at) | Self.tail } ?? Int64.max
        let after: SQL = if let cursor { " AND (m.reported_at, m.id) < (\(cursor.at), \(cursor.id))" } else { "" }
        let (source, number): (SQL, SQL) =
            switch tx.dialect {
            case .sqlite:
                // The index itself gives the newest first, and stops when enough are found, because nothing else is named in the order.
                (
                    """
                    matter_gram CROSS JOIN matter_text t ON matter_gram MATCH \(question) AND matter_gram.rowid <= \(end)
                        AND t.town_id = \(town) AND t.number = matter_gram.rowid
                    """, "matter_gram.rowid"
                )
            case .postgres:
                (
                    """
                    (SELECT * FROM matter_text x
                        WHERE x.town_id = \(town) AND x.number <= \(end) AND x.grams @@ CAST(\(question) AS tsquery)) t
                    """, "t.number"
                )
            }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM \(source) CROSS JOIN matter m
            WHERE m.town_id = \(town) AND m.id = t.id AND \(condition)\(after) ORDER BY \(number) DESC LIMIT \(limit)
            """
        ).map(Matter.init(row:))
    }

    private static func question(_ terms: [SearchGrams.Term], _ villages: [ID<GridNode>]?, _ dialect: Dialect) -> String {
        let (and, or, prefix) = dialect == .sqlite ? (" AND ", " OR ", "*") : (" & ", " | ", ":*")
        var parts = terms.map { term in
            switch term {
            case .key(let key): "\(key)"
            case .prefix(let key): key + prefix
            }
        }
        if let villages { parts.append("(" + villages.map(SearchGrams.key).joined(separator: or) + ")") }
        return parts.joined(separator: and)
    }

    // MARK: Numbers

    /// A matter's number grows with the time of its report, so that the index yields the newest first.
    private static func number(of matter: Matter) -> Int64 {
        let bytes = matter.id.uuid.uuid
        return first(at: matter.reportedAt) | (Int64(bytes.13) << 16 | Int64(bytes.14) << 8 | Int64(bytes.15)) & tail
    }

    private static func first(at instant: Instant) -> Int64 { instant.milliseconds << 21 }
    private static let tail: Int64 = (1 << 21) - 1

    private func insertion(_ matter: Matter, _ number: Int64) -> SQL {
        switch tx.dialect {
        case .sqlite: "INSERT INTO matter_text (town_id, number, id) VALUES (\(town), \(number), \(matter.id))"
        case .postgres:
            """
            INSERT INTO matter_text (town_id, number, id, grams)
            VALUES (\(town), \(number), \(matter.id), array_to_tsvector(string_to_array(\(Self.keys(matter)), ' ')))
            """
        }
    }

    private func enqueueKeys(of matter: Matter, _ number: Int64) throws {
        guard tx.dialect == .sqlite else { return }
        try tx.enqueue("INSERT INTO matter_gram (rowid, grams) VALUES (\(number), \(Self.keys(matter)))")
    }

    private static func keys(_ matter: Matter) -> String {
        SearchGrams.keys(words: matter.words, spot: matter.place.spot, village: matter.place.village).joined(separator: " ")
    }
}
