package import Kernel
package import Storage

/// Every statement about who works on which import.
package struct ImportWorkStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    package struct Claim: Sendable, Hashable {
        package let town: ID<Town>
        package let id: ID<Import>
    }

    /// Takes the import that has waited longest and that nobody works on; of one town only one at a time, so that two imports never
    /// meet. The claim ends by itself at the end of `lease`, should this process die.
    /// - Parameter only: this one or none.
    package func take(_ worker: String, only: ID<Import>? = nil, at now: Instant, lease: Span) throws -> Claim? {
        let wanted: SQL = if let only { "AND f.id = \(only)" } else { "" }
        guard
            let row = try tx.first(
                """
                SELECT f.town_id, f.id FROM import_file f
                WHERE f.state IN ('checking', 'running', 'undoing') \(wanted) AND NOT EXISTS (
                    SELECT 1 FROM import_progress p WHERE p.town_id = f.town_id AND p.leased_until > \(now) AND p.worker <> \(worker))
                ORDER BY f.changed_at, f.id LIMIT 1
                """)
        else { return nil }
        let claim = Claim(town: try row.get("town_id"), id: try row.get("id"))
        try tx.execute(
            """
            INSERT INTO import_progress (town_id, import_id, worker, leased_until, thousandths)
            VALUES (\(claim.town), \(claim.id), \(worker), \(now + lease), 0)
            ON CONFLICT (town_id, import_id) DO UPDATE SET worker = excluded.worker, leased_until = excluded.leased_until, thousandths = 0
            """)
        return claim
    }

    /// Says how far the work is and goes on holding it.
    /// - Returns: whether it is still this worker's.
    package func report(_ claim: Claim, by worker: String, thousandths: Int, until lease: Instant) throws -> Bool {
        try tx.execute(
            """
            UPDATE import_progress SET leased_until = \(lease), thousandths = \(thousandths)
            WHERE town_id = \(claim.town) AND import_id = \(claim.id) AND worker = \(worker)
            """) == 1
    }

    package func release(_ claim: Claim, by worker: String) throws {
        try tx.execute(
            """
            UPDATE import_progress SET leased_until = \(Instant(milliseconds: 0)), thousandths = 1000
            WHERE town_id = \(claim.town) AND import_id = \(claim.id) AND worker = \(worker)
            """)
    }

    /// How far the work on an import is, in thousandths; nil when nobody works on it.
    func progress(of id: ID<Import>, town: ID<Town>, at now: Instant) throws -> Int? {
        try tx.value(
            "SELECT thousandths FROM import_progress WHERE town_id = \(town) AND import_id = \(id) AND leased_until > \(now)",
            as: Int.self)
    }

    /// Imports whose file has lain unused since before `limit`.
    package func idle(since limit: Instant) throws -> [Claim] {
        try tx.query(
            """
            SELECT DISTINCT f.town_id, f.id FROM import_file f JOIN import_piece p ON p.town_id = f.town_id AND p.import_id = f.id
            WHERE f.changed_at < \(limit) AND f.state NOT IN ('checking', 'running', 'undoing') ORDER BY f.town_id, f.id LIMIT 100
            """
        ).map { Claim(town: try $0.get("town_id"), id: try $0.get("id")) }
    }

    /// Removes the file of an import and the rows read from it. What was written and what was wrong stays known.
    package func destroyFile(_ claim: Claim) throws {
        try ImportContentStore(tx, town: claim.town, of: claim.id).destroy()
    }
}
