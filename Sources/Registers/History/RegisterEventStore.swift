import Foundation
package import Identity
package import Kernel
package import Storage

/// Every statement about the registers' history and the sealed values that changes replaced.
package struct RegisterEventStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func append(_ event: RegisterEvent) throws { try append([event]) }

    package func append(_ events: [RegisterEvent]) throws {
        try tx.enqueue(
            "INSERT INTO register_event (town_id, id, at, account_id, post, act, subject_id, grid_id, detail, digest) VALUES ",
            rows: try events.map { event in
                """
                (\(town), \(event.id), \(event.at), \(event.account), \(event.post), \(event.act), \(event.subject), \(event.grid),
                    \(try Self.text(of: event.detail)), \(event.digest))
                """
            })
    }

    package func find(_ id: ID<RegisterEvent>) throws -> RegisterEvent? {
        try tx.first("SELECT \(Self.columns) FROM register_event e WHERE e.town_id = \(town) AND e.id = \(id)").map(Self.event)
    }

    /// What happened to a record and those that were joined to it, the latest first.
    package func latest(_ limit: Int, of subjects: [ID<RegisterEvent.Subject>]) throws -> [RegisterEvent] {
        guard !subjects.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM register_event e WHERE e.town_id = \(town) AND e.subject_id IN (\(list: subjects))
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """
        ).map(Self.event)
    }

    // MARK: What changes replaced

    /// Keeps what a change replaced, sealed.
    package func keep(_ values: [String: String], replacedBy event: RegisterEvent, _ vault: Vault) throws {
        let sealed = try vault.seal(try Self.text(of: values), for: Self.place(event.id))
        try tx.enqueue(
            """
            INSERT INTO register_value (town_id, event_id, subject_id, sealed)
            VALUES (\(town), \(event.id), \(event.subject), \(sealed))
            """)
    }

    /// - Throws: ``Vault/Unreadable``.
    package func replaced(by event: ID<RegisterEvent>, _ vault: Vault) throws -> [String: String]? {
        guard
            let sealed = try tx.value(
                "SELECT v.sealed FROM register_value v WHERE v.town_id = \(town) AND v.event_id = \(event)", as: [UInt8].self)
        else { return nil }
        return try JSONDecoder().decode([String: String].self, from: Data(try vault.open(sealed, for: Self.place(event)).utf8))
    }

    package static func place(_ event: ID<RegisterEvent>) -> String { "register_value \(event)" }

    private static let columns: SQL = "e.id, e.at, e.account_id, e.post, e.act, e.subject_id, e.grid_id, e.detail, e.digest"

    private static func event(_ row: Row) throws -> RegisterEvent {
        let detail: String = try row.get("detail")
        return RegisterEvent(
            id: try row.get("id"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            act: try row.get("act"), subject: try row.get("subject_id"), grid: try row.get("grid_id"),
            detail: try JSONDecoder().decode([String: String].self, from: Data(detail.utf8)), digest: try row.get("digest"))
    }

    private static func text(of detail: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }
}
