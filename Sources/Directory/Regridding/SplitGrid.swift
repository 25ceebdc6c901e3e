import Geometry
package import Identity
package import Kernel
package import Storage

/// Moves a part of a grid's households into another grid of the same village, which may be opened for it, from a day on. 网格拆分
package struct SplitGrid: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let parts: [any RegridPart]

    package init(database: any Database, ambient: Ambient, vault: Vault, parts: [any RegridPart] = []) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.parts = parts
    }

    /// - Parameter request: the id a new grid gets; a retry with the same one splits once.
    /// - Returns: the grid that took the households in, and how many; none when the request had been carried out before.
    /// - Throws: ``NotFound`` for a grid out of scope, ``Invalid`` by ``RegridRules``, ``GridRules`` and ``AreaRules``, ``Conflict``.
    @discardableResult
    package func callAsFunction(
        _ order: SplitOrder, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> (grid: ID<GridNode>, households: Int) {
        let scope = try principal.scope(for: .directoryEdit)
        let drawn = try Self.drawing(order.choice)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let grids = GridStore(tx, town: change.town)
            guard let source = try grids.find(order.source, in: scope) else { throw NotFound() }
            let standing = try Self.standing(order.target, in: scope, grids)
            let goal = standing?.id ?? change.newID()
            let said = vault.mark(order.said.map { "\($0.utf8.count):\($0)" }.joined(separator: "|"), kind: "split")
            let detail = ["target": goal.description, "day": order.day.description, "said": said]
            if try change.isDone("grid.split", source.id, detail) { return (goal, 0) }
            let moves = HouseholdMoveStore(tx, town: change.town)
            let households = try Self.chosen(order, drawn, source, moves)
            let faults = try change.faults(moving: households, from: source, to: standing, on: order.day)
            guard faults.isEmpty else { throw Invalid(faults) }
            let target = try standing ?? open(order, as: goal, beside: source, in: scope, change)
            try moves.move(households, from: source.id, to: target.id, on: order.day, ambient)
            if order.takesArea, let drawn { try DividedArea(drawn, from: source, to: target).write(change) }
            let regrid = Regrid(.split, from: source, to: target, on: order.day, households: households)
            try change.finish(regrid, followedBy: parts, detail)
            return (target.id, households.count)
        }
    }

    private static func drawing(_ choice: SplitOrder.Choice) throws -> Area? {
        guard case .inside(let geoJSON, let crs) = choice else { return nil }
        return try SetArea.read(geoJSON, crs)
    }

    private static func standing(_ target: SplitOrder.Target, in scope: Scope, _ grids: GridStore) throws -> Grid? {
        guard case .standing(let id) = target else { return nil }
        guard let grid = try grids.find(id, in: scope) else { throw NotFound() }
        return grid
    }

    /// - Throws: ``Invalid`` when nobody is chosen: a drawing that only takes ground along may be empty.
    private static func chosen(
        _ order: SplitOrder, _ drawn: Area?, _ source: Grid, _ moves: HouseholdMoveStore
    ) throws -> [ID<Household>] {
        switch order.choice {
        case .ticked(let ticked):
            let known = Set(try moves.standing(in: source.id, on: order.day, holding: "").map(\.id))
            guard !ticked.isEmpty else { throw Invalid("/households", "required") }
            // Somebody else moved one of them meanwhile, or it never was of this grid.
            guard ticked.allSatisfy(known.contains) else { throw Invalid("/households", "regrid-not-here") }
            return Set(ticked).sorted()
        case .address(let text):
            guard !text.trimmed.isEmpty else { throw Invalid("/address", "required") }
            let found = try moves.standing(in: source.id, on: order.day, holding: text.trimmed).map(\.id)
            guard !found.isEmpty else { throw Invalid("/address", "regrid-nobody") }
            return found
        case .inside:
            let found = try moves.places(in: source.id, on: order.day).filter { drawn?.covers($0.place) ?? false }.map(\.id)
            guard !found.isEmpty || order.takesArea else { throw Invalid("/area", "regrid-nobody") }
            return found
        }
    }

    private func open(
        _ order: SplitOrder, as id: ID<GridNode>, beside source: Grid, in scope: Scope, _ change: DirectoryChange
    ) throws -> Grid {
        guard case .new(let kind, let nameZh, let nameEn, let unit, let words) = order.target else { throw NotFound() }
        let new = NewGrid(
            parent: source.parent, kind: kind, nameZh: nameZh, nameEn: nameEn, responsibleUnit: unit, boundaryWords: words,
            from: order.day)
        return try OpenGrid.open(new, in: scope, try change.further(), as: id)
    }
}
