package import Kernel
package import Storage

/// Chains audit entries: each gets the next number of its town and a hash over the hash before and its own text.
package struct AuditSeal {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// What `verify` found.
    package enum Verdict: Hashable, Sendable {
        /// All `sealed` entries are as they were written; `head` is the last hash, to be noted elsewhere.
        case whole(sealed: Int, waiting: Int, head: String)
        /// The entry with this number is missing or was altered.
        case broken(at: Int64)
    }

    private static let start = "jinlin"

    /// Seals up to `limit` waiting entries of `town`, oldest first.
    /// - Returns: how many.
    @discardableResult
    package func seal(_ town: ID<Town>, limit: Int = 5000) throws -> Int {
        let waiting = try tx.query(
            """
            SELECT id, at, account_id, post, act, subject, detail, done, address FROM audit_entry
            WHERE town_id = \(town) AND seq IS NULL ORDER BY at, id LIMIT \(limit)
            """)
        guard !waiting.isEmpty else { return 0 }
        let last = try tx.first(
            "SELECT seq, hash FROM audit_entry WHERE town_id = \(town) AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1")
        var (number, hash) = (try last?.get("seq", as: Int64.self) ?? 0, try last?.get("hash", as: String.self) ?? Self.start)
        for row in waiting {
            let entry = try AuditEntry(row: row)
            number += 1
            hash = entry.hash(after: hash)
            try tx.enqueue("UPDATE audit_entry SET seq = \(number), hash = \(hash) WHERE town_id = \(town) AND id = \(entry.id)")
        }
        return waiting.count
    }

    /// Recomputes the chain of `town`: all of it, or its last entries.
    /// - Parameter latest: how many of the last entries; nil for all. A part rests on the hash before it.
    package func verify(_ town: ID<Town>, latest: Int64? = nil) throws -> Verdict {
        var (number, hash) = (Int64(0), Self.start)
        if let latest,
            let top: Int64 = try tx.value("SELECT max(seq) FROM audit_entry WHERE town_id = \(town) HAVING max(seq) IS NOT NULL"),
            top > latest
        {
            number = top - latest
            guard let before: String = try tx.value("SELECT hash FROM audit_entry WHERE town_id = \(town) AND seq = \(number)")
            else {
                return .broken(at: number)
            }
            hash = before
        }
        while true {
            let rows = try tx.query(
                """
                SELECT id, at, account_id, post, act, subject, detail, done, address, seq, hash FROM audit_entry
                WHERE town_id = \(town) AND seq > \(number) ORDER BY seq LIMIT 2000
                """)
            for row in rows {
                number += 1
                hash = try AuditEntry(row: row).hash(after: hash)
                guard try row.get("seq", as: Int64.self) == number, try row.get("hash", as: String.self) == hash else {
                    return .broken(at: number)
                }
            }
            guard rows.isEmpty else { continue }
            let waiting: Int = try tx.value("SELECT count(*) FROM audit_entry WHERE town_id = \(town) AND seq IS NULL") ?? 0
            return .whole(sealed: Int(number), waiting: waiting, head: hash)
        }
    }

    /// Entries newest first, for the auditor's page.
    package func list(_ town: ID<Town>, _ filter: AuditFilter, account: ID<AccountNode>?, limit: Int) throws -> [ListedAuditEntry]
    {
        var sql: SQL = """
            SELECT e.id, e.at, e.account_id, e.post, e.act, e.subject, e.detail, e.done, e.address, a.login, a.name FROM audit_entry e
            LEFT JOIN account a ON a.town_id = e.town_id AND a.id = e.account_id WHERE e.town_id = \(town)
            """
        if !filter.act.isEmpty { sql += " AND e.act >= \(filter.act + ".") AND e.act < \(filter.act + "/")" }
        if let account { sql += " AND e.account_id = \(account)" }
        if let from = filter.start { sql += " AND e.at >= \(from)" }
        if let to = filter.end { sql += " AND e.at < \(to)" }
        if let before = filter.before { sql += " AND (e.at, e.id) < (\(before.at), \(before.id))" }
        sql += " ORDER BY e.at DESC, e.id DESC LIMIT \(limit)"
        return try tx.query(sql).map {
            ListedAuditEntry(entry: try AuditEntry(row: $0), login: try $0.get("login"), name: try $0.get("name"))
        }
    }
}

/// An entry with whose account it was.
package struct ListedAuditEntry: Sendable {
    package let entry: AuditEntry
    package let login: String?
    package let name: String?
}

extension AuditEntry {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            act: try row.get("act"), subject: try row.get("subject"), detail: try row.get("detail"), done: try row.get("done"),
            address: try row.get("address"))
    }
}
