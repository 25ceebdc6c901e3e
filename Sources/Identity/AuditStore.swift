package import Kernel
package import Storage

/// Every statement about the audit log.
package struct AuditStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The place of an entry in the chain.
    struct Link: Sendable {
        let number: Int64
        let hash: String
    }

    func append(_ entry: AuditEntry) throws {
        try tx.enqueue(
            """
            INSERT INTO audit_entry (town_id, id, at, account_id, post, act, subject, detail, done, address)
            VALUES (\(town), \(entry.id), \(entry.at), \(entry.account), \(entry.post), \(entry.act), \(entry.subject), \(entry.detail),
                \(entry.done), \(entry.address))
            """)
    }

    /// Entries not sealed yet, oldest first.
    func waiting(limit: Int) throws -> [AuditEntry] {
        try tx.query(
            """
            SELECT id, at, account_id, post, act, subject, detail, done, address FROM audit_entry
            WHERE town_id = \(town) AND seq IS NULL ORDER BY at, id LIMIT \(limit)
            """
        ).map(AuditEntry.init(row:))
    }

    func waitingCount() throws -> Int {
        try tx.value("SELECT count(*) FROM audit_entry WHERE town_id = \(town) AND seq IS NULL") ?? 0
    }

    func seal(_ entry: ID<AuditEntry>, as link: Link) throws {
        try tx.enqueue(
            "UPDATE audit_entry SET seq = \(link.number), hash = \(link.hash) WHERE town_id = \(town) AND id = \(entry)")
    }

    /// The end of the chain.
    func last() throws -> Link? {
        try tx.first("SELECT seq, hash FROM audit_entry WHERE town_id = \(town) AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1")
            .map(Link.init(row:))
    }

    func hash(at number: Int64) throws -> String? {
        try tx.value("SELECT hash FROM audit_entry WHERE town_id = \(town) AND seq = \(number)")
    }

    /// Up to 2,000 sealed entries after `number`, in the order of the chain.
    func sealed(after number: Int64) throws -> [(AuditEntry, Link)] {
        try tx.query(
            """
            SELECT id, at, account_id, post, act, subject, detail, done, address, seq, hash FROM audit_entry
            WHERE town_id = \(town) AND seq > \(number) ORDER BY seq LIMIT 2000
            """
        ).map { (try AuditEntry(row: $0), try Link(row: $0)) }
    }

    /// Entries about some subjects, the latest first: who looked at a person's data, for that person's own file.
    package func entries(of subjects: [String], act: String, limit: Int) throws -> [AuditEntry] {
        try tx.query(
            """
            SELECT id, at, account_id, post, act, subject, detail, done, address FROM audit_entry
            WHERE town_id = \(town) AND subject IN (\(list: subjects)) AND act = \(act) ORDER BY at DESC, id DESC LIMIT \(limit)
            """
        ).map(AuditEntry.init(row:))
    }

    /// Entries newest first, for the auditor's page.
    package func list(_ filter: AuditFilter, account: ID<AccountNode>?, limit: Int) throws -> [ListedAuditEntry] {
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

extension AuditStore.Link {
    fileprivate init(row: Row) throws {
        self.init(number: try row.get("seq"), hash: try row.get("hash"))
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            act: try row.get("act"), subject: try row.get("subject"), detail: try row.get("detail"), done: try row.get("done"),
            address: try row.get("address"))
    }
}
