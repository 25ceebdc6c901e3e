package import Kernel
package import Storage

/// What is asked of ``OpenGrid``.
package struct NewGrid: Sendable {
    /// Nil for a village.
    package let parent: ID<GridNode>?
    package let kind: GridKind
    /// Nil for the next free one.
    package let code: String?
    package let nameZh: String
    package let nameEn: String?
    package let responsibleUnit: String?
    package let boundaryWords: String?
    package let dutyPhone: String?
    package let supervisionPhone: String?
    package let from: Day

    package init(
        parent: ID<GridNode>?, kind: GridKind, code: String? = nil, nameZh: String, nameEn: String? = nil,
        responsibleUnit: String? = nil,
        boundaryWords: String? = nil, dutyPhone: String? = nil, supervisionPhone: String? = nil, from: Day
    ) {
        self.parent = parent
        self.kind = kind
        self.code = code
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.responsibleUnit = responsibleUnit
        self.boundaryWords = boundaryWords
        self.dutyPhone = dutyPhone
        self.supervisionPhone = supervisionPhone
        self.from = from
    }
}

/// Opens a grid below another, or a village. 新设网格
package struct OpenGrid: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Parameter request: the id the grid gets; a retry with the same one opens once.
    /// - Throws: ``NotFound`` for a parent out of scope, ``Forbidden`` for a village without the whole town, ``Invalid`` with everything
    ///   ``GridRules`` finds, ``Conflict``.
    @discardableResult
    package func callAsFunction(_ new: NewGrid, by principal: Principal, request: ID<DirectoryEvent>) async throws -> Grid {
        let scope = try principal.scope(for: .directoryEdit)
        return try await database.write { tx in
            try Self.open(new, in: scope, DirectoryChange(tx, by: principal, request, ambient))
        }
    }

    /// Opens the grid as part of `change`.
    /// - Parameters:
    ///   - source: what it comes from, for the history, such as an import's id.
    ///   - given: the id the grid gets; without, the change's.
    static func open(
        _ new: NewGrid, in scope: Scope, _ change: DirectoryChange, from source: String? = nil, as given: ID<GridNode>? = nil
    ) throws -> Grid {
        if new.parent == nil, scope != .town { throw Forbidden("town-opens-villages") }
        let (tx, store) = (change.tx, GridStore(change.tx, town: change.town))
        let parent = try new.parent.map { id in
            guard let parent = try store.find(id, in: scope) else { throw NotFound() }
            return parent
        }
        guard let level = parent.map({ $0.level.below }) ?? .one else { throw Invalid("/level", "grid-level") }
        let detail = Dictionary(known: [
            "parent": new.parent?.description, "kind": new.kind.rawValue, "code": new.code, "nameZh": new.nameZh,
            "nameEn": new.nameEn, "responsibleUnit": new.responsibleUnit, "boundaryWords": new.boundaryWords,
            "from": new.from.description, "import": source,
        ])
        let id = given ?? change.newID(GridNode.self)
        if try change.isDone("grid.open", id, detail), let grid = try store.find(id, in: .town) { return grid }
        let (village, others) = try Self.surroundings(of: parent, store, tx, change.town)
        let taken = Set(others.map(\.code))
        guard let code = new.code ?? GridRules.nextCode(for: level, new.kind, village: village.code, taken: taken) else {
            throw Invalid("/code", level == .one ? "required" : "codes-used-up")
        }
        let grid = Grid(
            id: id, parent: new.parent, level: level, kind: new.kind, codeSystem: village.codeSystem, code: code,
            nameZh: new.nameZh.trimmed, nameEn: new.nameEn, responsibleUnit: new.responsibleUnit,
            boundaryWords: new.boundaryWords,
            supervisionPhone: new.supervisionPhone, dutyPhone: new.dutyPhone, validFrom: new.from)
        let faults = GridRules.faults(in: grid, below: parent, village: village.code, beside: others)
        guard faults.isEmpty else { throw Invalid(faults) }
        try store.insert(grid)
        // What an import opened can be taken back as long as nothing hangs on it; so its history hangs on the grid above.
        try change.record("grid.open", id, grid: source == nil ? id : new.parent, detail)
        return grid
    }

    /// The code and register a new grid's code begins with, and the grids it must not clash with.
    private static func surroundings(
        of parent: Grid?, _ store: GridStore, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> (village: (code: String, codeSystem: String), others: [Grid]) {
        guard let parent else {
            guard let record = try TownStore(tx).find(town) else { throw NotFound() }
            return ((record.code, record.codeSystem), try store.everBelow(nil))
        }
        guard let village = try store.village(of: parent.id) else { throw NotFound() }
        return ((village.code, village.codeSystem), try store.everIn(village: village.id))
    }
}
