import Directory
import Foundation
package import Kernel
package import Storage

/// Every statement about imports themselves: what they are and how far they are.
package struct ImportStore {
    let tx: any Transaction
    let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    func insert(_ item: Import, survey: [UInt8]) throws {
        try tx.execute(
            """
            INSERT INTO import_file (town_id, id, kind, grid_id, account_id, name, post, file_name, file_bytes, state, survey,
                rows_read, rows_sound, rows_faulty, rows_written, rows_kept, created_at, changed_at)
            VALUES (\(town), \(item.id), \(item.kind), \(item.place), \(item.account), \(item.name), \(item.post), \(item.fileName),
                \(item.fileBytes), \(item.state), \(survey), 0, 0, 0, 0, 0, \(item.createdAt), \(item.changedAt))
            """)
    }

    /// The import within `scope`; nil outside.
    package func find(_ id: ID<Import>, in scope: Scope = .town) throws -> Import? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM import_file f
            WHERE f.town_id = \(town) AND f.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "f.grid_id"))
            """
        ).map(Import.init(row:))
    }

    /// Those of some kinds, the latest first.
    package func list(
        of kinds: [String], in scope: Scope, before: (at: Instant, id: ID<Import>)? = nil, limit: Int
    ) throws -> [Import] {
        let older: SQL = if let before { "AND (f.created_at, f.id) < (\(before.at), \(before.id))" } else { "" }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM import_file f
            WHERE f.town_id = \(town) AND f.state <> 'discarded' AND f.kind IN (\(list: kinds))
                AND \(GridScope.predicate(scope, town: town, grid: "f.grid_id")) \(older)
            ORDER BY f.created_at DESC, f.id DESC LIMIT \(limit)
            """
        ).map(Import.init(row:))
    }

    /// Stores what of an import may change, if it still is in `former`.
    /// - Throws: ``Conflict`` when it is not.
    func update(_ item: Import, from former: Import.State) throws {
        let counts = Dictionary(item.counts.fates.map { ($0.rawValue, $1) }) { first, _ in first }
        let fates: String? = counts.isEmpty ? nil : try Self.json(counts)
        let changed = try tx.execute(
            """
            UPDATE import_file SET state = \(item.state), policy = \(item.policy), problem = \(item.problem), rows_read = \(item.counts.rows),
                rows_sound = \(item.counts.sound), rows_faulty = \(item.counts.faulty), rows_written = \(item.counts.written),
                rows_kept = \(item.counts.kept), fates = \(fates), changed_at = \(item.changedAt)
            WHERE town_id = \(town) AND id = \(item.id) AND state = \(former)
            """)
        guard changed == 1 else { throw Conflict("stale") }
    }

    func survey(of id: ID<Import>) throws -> [UInt8]? {
        try tx.value("SELECT survey FROM import_file WHERE town_id = \(town) AND id = \(id)", as: [UInt8].self)
    }

    // MARK: Columns

    func mapping(of id: ID<Import>) throws -> ColumnMapping? {
        guard let row = try tx.first("SELECT mapping FROM import_file WHERE town_id = \(town) AND id = \(id)"),
            let text: String = try row.get("mapping", as: String?.self)
        else { return nil }
        return try JSONDecoder().decode(ColumnMapping.self, from: Data(text.utf8))
    }

    func setMapping(_ mapping: ColumnMapping, of id: ID<Import>) throws {
        let text = try Self.json(mapping)
        try tx.execute("UPDATE import_file SET mapping = \(text) WHERE town_id = \(town) AND id = \(id)")
    }

    /// What the place chose last for a file of this kind with these column names.
    func remembered(_ signature: String, kind: String, place: ID<GridNode>?) throws -> [String: String]? {
        let text = try tx.value(
            """
            SELECT fields FROM import_mapping
            WHERE town_id = \(town) AND place_id = \(Self.owner(place, town)) AND kind = \(kind) AND signature = \(signature)
            """, as: String.self)
        return try text.map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }

    func remember(_ fields: [String: String], _ signature: String, kind: String, place: ID<GridNode>?, at now: Instant) throws {
        let text = try Self.json(fields)
        try tx.execute(
            """
            INSERT INTO import_mapping (town_id, place_id, kind, signature, fields, changed_at)
            VALUES (\(town), \(Self.owner(place, town)), \(kind), \(signature), \(text), \(now))
            ON CONFLICT (town_id, place_id, kind, signature) DO UPDATE SET fields = excluded.fields, changed_at = excluded.changed_at
            """)
    }

    /// Whose choice it is: the village's, or the town's own.
    private static func owner(_ place: ID<GridNode>?, _ town: ID<Town>) -> ID<GridNode> { place ?? ID(town.uuid) }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static let columns: SQL =
        """
        f.id, f.kind, f.grid_id, f.account_id, f.name, f.post, f.file_name, f.file_bytes, f.state, f.policy, f.problem, f.rows_read,
        f.rows_sound, f.rows_faulty, f.rows_written, f.rows_kept, f.fates, f.created_at, f.changed_at
        """
}

extension Import {
    init(row: Row) throws {
        var counts = Counts()
        counts.rows = try row.get("rows_read")
        counts.sound = try row.get("rows_sound")
        counts.faulty = try row.get("rows_faulty")
        counts.written = try row.get("rows_written")
        counts.kept = try row.get("rows_kept")
        if let text: String = try row.get("fates", as: String?.self) {
            let stored = try JSONDecoder().decode([String: Int].self, from: Data(text.utf8))
            for (name, count) in stored { if let fate = RowFate(rawValue: name) { counts.fates[fate] = count } }
        }
        self.init(
            id: try row.get("id"), kind: try row.get("kind"), place: try row.get("grid_id"), account: try row.get("account_id"),
            name: try row.get("name"), post: try row.get("post"), fileName: try row.get("file_name"),
            fileBytes: try row.get("file_bytes"),
            state: try row.get("state"), policy: try row.get("policy"), problem: try row.get("problem"), counts: counts,
            createdAt: try row.get("created_at"), changedAt: try row.get("changed_at"))
    }
}
