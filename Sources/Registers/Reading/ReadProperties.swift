package import Directory
import Identity
package import Kernel
import Storage

/// The properties of one's grids that still stand, by address. 房屋清单
package struct ReadProperties: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    package struct Found: Sendable {
        package let properties: [Property]
        package let next: NameCursor?
        /// How many are used for what, whatever else was asked for.
        package let counts: [Property.Use: Int]
        package let tree: GridTree
    }

    /// - Parameter grid: only this grid and what lies below it.
    /// - Throws: ``NotFound`` for a grid out of scope.
    package func callAsFunction(
        _ filter: PropertyFilter, in grid: ID<GridNode>?, after cursor: NameCursor?, limit: Int = 50, by principal: Principal
    ) async throws -> Found {
        let scope = try principal.scope(for: .readResident)
        return try await desk.database.read { [desk] tx in
            let tree = try desk.tree(tx, principal.town)
            if let grid, !tree.isIn(scope, grid) { throw NotFound() }
            let grids = tree.all(in: grid.map { .grids([$0]) } ?? scope).map(\.id)
            let store = PropertyStore(tx, town: principal.town, vault: desk.vault)
            let found = try store.list(filter, in: grids, after: cursor, limit: limit + 1)
            let shown = Array(found.prefix(limit))
            return Found(
                properties: shown,
                next: found.count > limit ? shown.last.map { NameCursor(name: $0.address.words, id: $0.id.uuid) } : nil,
                counts: try store.counts(in: grids), tree: tree)
        }
    }
}
