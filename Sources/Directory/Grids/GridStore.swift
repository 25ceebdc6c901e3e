package import Geometry
package import Kernel
package import Storage

/// Every statement about grids, their areas and the closure of the tree.
package struct GridStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: Version

    /// The number that changes with every change of grids, posts and areas.
    /// - Throws: ``NotFound`` when there is no such town.
    package func version() throws -> Int64 {
        guard let version = try tx.value("SELECT directory_version FROM town WHERE town_id = \(town)", as: Int64.self) else {
            throw NotFound()
        }
        return version
    }

    /// Marks the directory as changed. First of all in every writing transaction: the town's row is what changes of the directory
    /// wait for one another on, so two of them cannot both find a post free.
    /// - Parameter random: makes the number new even when an earlier transaction that had counted so far was rolled back.
    /// - Throws: ``NotFound`` when there is no such town.
    package func bumpVersion(random: UInt64) throws {
        let step = Int64(random % 1_000_000_007) + 1
        let changed = try tx.execute("UPDATE town SET directory_version = directory_version + \(step) WHERE town_id = \(town)")
        guard changed == 1 else { throw NotFound() }
    }

    // MARK: Reading

    /// The whole snapshot in three statements.
    func tree(on day: Day) throws -> GridTree {
        GridTree(
            town: town, day: day, grids: try standing(on: day), posts: try PostStore(tx, town: town).held(on: day),
            areas: try areas(on: day))
    }

    /// The grids standing on `day`, by code.
    package func standing(on day: Day) throws -> [Grid] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM grid g WHERE g.town_id = \(town) AND g.valid_from <= \(day) AND (g.valid_to IS NULL OR g.valid_to >= \(day))
            ORDER BY g.code, g.id
            """
        ).map(Grid.init(row:))
    }

    /// The grid within `scope`, also when it does not stand any more; nil outside.
    package func find(_ id: ID<GridNode>, in scope: Scope) throws -> Grid? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM grid g
            WHERE g.town_id = \(town) AND g.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "g.id"))
            """
        ).map(Grid.init(row:))
    }

    /// Every grid that ever stood right below `parent` (nil: on level 1), by code.
    package func everBelow(_ parent: ID<GridNode>?) throws -> [Grid] {
        let place: SQL = if let parent { "g.parent_id = \(parent)" } else { "g.parent_id IS NULL" }
        return try tx.query("SELECT \(Self.columns) FROM grid g WHERE g.town_id = \(town) AND \(place) ORDER BY g.code, g.id")
            .map(Grid.init(row:))
    }

    /// The level-1 grid that `grid` lies in, or itself.
    package func village(of grid: ID<GridNode>) throws -> Grid? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM grid_closure c JOIN grid g ON g.town_id = c.town_id AND g.id = c.ancestor_id
            WHERE c.town_id = \(town) AND c.descendant_id = \(grid) AND g.level = 1 ORDER BY g.id
            """
        ).map(Grid.init(row:))
    }

    /// Every grid that ever stood in the village, itself included, by code.
    package func everIn(village: ID<GridNode>) throws -> [Grid] { try everUnder(village) }

    /// The grid and every grid that ever stood below it, by code.
    func everUnder(_ grid: ID<GridNode>) throws -> [Grid] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM grid_closure c JOIN grid g ON g.town_id = c.town_id AND g.id = c.descendant_id
            WHERE c.town_id = \(town) AND c.ancestor_id = \(grid) ORDER BY g.code, g.id
            """
        ).map(Grid.init(row:))
    }

    private func areas(on day: Day) throws -> [ID<GridNode>: Area] {
        let rows = try tx.query(
            """
            SELECT a.grid_id, a.geometry FROM grid_area a JOIN grid g ON g.town_id = a.town_id AND g.id = a.grid_id
            WHERE a.town_id = \(town) AND g.valid_from <= \(day) AND (g.valid_to IS NULL OR g.valid_to >= \(day)) ORDER BY a.grid_id
            """)
        var areas: [ID<GridNode>: Area] = [:]
        for row in rows {
            let geometry: String = try row.get("geometry")
            areas[try row.get("grid_id")] = try Area(geoJSON: geometry.utf8)
        }
        return areas
    }

    package static let columns: SQL =
        """
        g.id, g.parent_id, g.level, g.kind, g.code_system, g.code, g.name_zh, g.name_en, g.responsible_unit, g.boundary_words,
        g.supervision_phone, g.duty_phone, g.valid_from, g.valid_to, g.area_is_synthetic
        """

    // MARK: Writing

    /// Adds a grid and its lines of the closure. Its parent must be stored already.
    package func insert(_ grid: Grid) throws {
        try tx.execute(
            """
            INSERT INTO grid (town_id, id, parent_id, level, kind, code_system, code, name_zh, name_en, responsible_unit, boundary_words,
                supervision_phone, duty_phone, valid_from, valid_to, area_is_synthetic)
            VALUES (\(town), \(grid.id), \(grid.parent), \(grid.level), \(grid.kind), \(grid.codeSystem), \(grid.code), \(grid.nameZh),
                \(grid.nameEn), \(grid.responsibleUnit), \(grid.boundaryWords), \(grid.supervisionPhone), \(grid.dutyPhone),
                \(grid.validFrom), \(grid.validTo), \(grid.areaIsSynthetic))
            """)
        try tx.execute(
            "INSERT INTO grid_closure (town_id, ancestor_id, descendant_id, depth) VALUES (\(town), \(grid.id), \(grid.id), 0)")
        guard let parent = grid.parent else { return }
        try tx.execute(
            """
            INSERT INTO grid_closure (town_id, ancestor_id, descendant_id, depth)
            SELECT c.town_id, c.ancestor_id, g.id, c.depth + 1 FROM grid_closure c JOIN grid g ON g.town_id = c.town_id AND g.id = \(grid.id)
            WHERE c.town_id = \(town) AND c.descendant_id = \(parent)
            """)
    }

    /// Removes a grid with its area and its lines of the closure.
    func delete(_ grid: ID<GridNode>) throws {
        try tx.execute("DELETE FROM grid_area WHERE town_id = \(town) AND grid_id = \(grid)")
        try tx.execute("DELETE FROM grid_area_former WHERE town_id = \(town) AND grid_id = \(grid)")
        try tx.execute("DELETE FROM grid_closure WHERE town_id = \(town) AND descendant_id = \(grid)")
        try tx.execute("DELETE FROM grid WHERE town_id = \(town) AND id = \(grid)")
    }

    /// Stores everything of a grid that may change.
    package func update(_ grid: Grid) throws {
        try tx.execute(
            """
            UPDATE grid SET kind = \(grid.kind), name_zh = \(grid.nameZh), name_en = \(grid.nameEn), responsible_unit = \(grid.responsibleUnit),
                boundary_words = \(grid.boundaryWords), supervision_phone = \(grid.supervisionPhone), duty_phone = \(grid.dutyPhone),
                valid_to = \(grid.validTo)
            WHERE town_id = \(town) AND id = \(grid.id)
            """)
    }

    /// Stores the area of a grid in the place of the one before.
    /// - Parameter isSynthetic: made up for a demonstration.
    package func setArea(_ area: Area, of grid: ID<GridNode>, isSynthetic: Bool) throws {
        try tx.execute(
            """
            INSERT INTO grid_area (town_id, grid_id, geometry) VALUES (\(town), \(grid), \(area.geoJSON()))
            ON CONFLICT (town_id, grid_id) DO UPDATE SET geometry = excluded.geometry
            """)
        try tx.execute("UPDATE grid SET area_is_synthetic = \(isSynthetic) WHERE town_id = \(town) AND id = \(grid)")
    }

    /// Leaves a grid without an area.
    func removeArea(of grid: ID<GridNode>) throws {
        try tx.execute("DELETE FROM grid_area WHERE town_id = \(town) AND grid_id = \(grid)")
        try tx.execute("UPDATE grid SET area_is_synthetic = \(false) WHERE town_id = \(town) AND id = \(grid)")
    }
}

extension Grid {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), parent: try row.get("parent_id"), level: try row.get("level"), kind: try row.get("kind"),
            codeSystem: try row.get("code_system"), code: try row.get("code"), nameZh: try row.get("name_zh"),
            nameEn: try row.get("name_en"),
            responsibleUnit: try row.get("responsible_unit"), boundaryWords: try row.get("boundary_words"),
            supervisionPhone: try row.get("supervision_phone"), dutyPhone: try row.get("duty_phone"),
            validFrom: try row.get("valid_from"),
            validTo: try row.get("valid_to"), areaIsSynthetic: try row.get("area_is_synthetic"))
    }
}
