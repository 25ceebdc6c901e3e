package import Kernel
package import Storage

/// Every statement about files of boundaries and former areas.
package struct AreaImportStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Files

    func insert(_ item: AreaImport, content: [UInt8]) throws {
        try tx.execute(
            """
            INSERT INTO area_import (town_id, id, account_id, post, file_name, content, state, grids, created_at)
            VALUES (\(town), \(item.id), \(item.account), \(item.post), \(item.fileName), \(content), \(item.state), \(item.grids),
                \(item.createdAt))
            """)
    }

    /// The file as far as its reader may see it: their own, or any for whoever edits the whole town.
    func find(_ id: ID<AreaImport>, for reader: Principal) throws -> AreaImport? {
        try tx.first(
            "SELECT \(Self.columns) FROM area_import i WHERE i.town_id = \(town) AND i.id = \(id) AND \(Self.within(reader))"
        )
        .map(AreaImport.init(row:))
    }

    /// What was brought, as long as it is on trial.
    func content(of id: ID<AreaImport>) throws -> [UInt8]? {
        try tx.value("SELECT content FROM area_import WHERE town_id = \(town) AND id = \(id)", as: [UInt8]?.self) ?? nil
    }

    /// The latest first.
    func latest(_ limit: Int, for reader: Principal) throws -> [AreaImport] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM area_import i WHERE i.town_id = \(town) AND \(Self.within(reader))
            ORDER BY i.created_at DESC, i.id DESC LIMIT \(limit)
            """
        ).map(AreaImport.init(row:))
    }

    /// Ends the trial. The file is not kept: what it changed is in the history.
    /// - Throws: ``Conflict`` when somebody else ended it first.
    func move(_ id: ID<AreaImport>, from old: AreaImport.State, to new: AreaImport.State, grids: Int) throws {
        let moved = try tx.execute(
            """
            UPDATE area_import SET state = \(new), grids = \(grids), content = NULL
            WHERE town_id = \(town) AND id = \(id) AND state = \(old)
            """)
        guard moved == 1 else { throw Conflict("area-import-over") }
    }

    /// Throws away every file that has been on trial since before `start`.
    package static func discard(_ tx: any Transaction, broughtBefore start: Instant) throws {
        try tx.execute(
            """
            UPDATE area_import SET state = \(AreaImport.State.discarded), content = NULL
            WHERE state = \(AreaImport.State.draft) AND created_at < \(start)
            """)
    }

    // MARK: Former areas

    func keep(_ former: FormerArea, before event: ID<DirectoryEvent>, of item: ID<AreaImport>?) throws {
        try tx.execute(
            """
            INSERT INTO grid_area_former (town_id, event_id, grid_id, import_id, geometry, is_synthetic, changes)
            VALUES (\(town), \(event), \(former.grid), \(item), \(former.geometry), \(former.isSynthetic), \(former.changes))
            """)
    }

    /// What the import took the place of, by grid.
    func formers(of item: ID<AreaImport>) throws -> [FormerArea] {
        try tx.query(
            """
            SELECT f.grid_id, f.geometry, f.is_synthetic, f.changes FROM grid_area_former f
            WHERE f.town_id = \(town) AND f.import_id = \(item) ORDER BY f.grid_id, f.changes
            """
        ).map(FormerArea.init(row:))
    }

    /// What the latest change of a grid's area took the place of.
    func former(of grid: ID<GridNode>) throws -> FormerArea? {
        try tx.first(
            """
            SELECT f.grid_id, f.geometry, f.is_synthetic, f.changes FROM grid_area_former f
            WHERE f.town_id = \(town) AND f.grid_id = \(grid) ORDER BY f.changes DESC LIMIT 1
            """
        ).map(FormerArea.init(row:))
    }

    private static func within(_ reader: Principal) -> SQL {
        reader.grants[.directoryEdit] == .town ? "1 = 1" : "i.account_id = \(reader.account)"
    }

    private static let columns: SQL = "i.id, i.account_id, i.post, i.file_name, i.state, i.grids, i.created_at"
}

extension AreaImport {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), account: try row.get("account_id"), post: try row.get("post"),
            fileName: try row.get("file_name"), state: try row.get("state"), grids: try row.get("grids"),
            createdAt: try row.get("created_at"))
    }
}

extension FormerArea {
    fileprivate init(row: Row) throws {
        self.init(
            grid: try row.get("grid_id"), geometry: try row.get("geometry"), isSynthetic: try row.get("is_synthetic"),
            changes: try row.get("changes"))
    }
}
