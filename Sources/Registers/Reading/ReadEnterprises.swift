package import Directory
import Identity
package import Kernel
import Storage

/// The enterprises and shops of one's grids that go on, by name. 企业清单
package struct ReadEnterprises: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    package struct Found: Sendable {
        package let firms: [Enterprise]
        package let next: NameCursor?
        /// How many of each kind there are, whatever else was asked for.
        package let counts: [Enterprise.Kind: Int]
        package let tree: GridTree
    }

    /// - Parameter grid: only this grid and what lies below it.
    /// - Throws: ``NotFound`` for a grid out of scope.
    package func callAsFunction(
        _ filter: EnterpriseFilter, in grid: ID<GridNode>?, after cursor: NameCursor?, limit: Int = 50, by principal: Principal
    ) async throws -> Found {
        let scope = try principal.scope(for: .readResident)
        return try await desk.database.read { [desk] tx in
            let tree = try desk.tree(tx, principal.town)
            if let grid, !tree.isIn(scope, grid) { throw NotFound() }
            let grids = tree.all(in: grid.map { .grids([$0]) } ?? scope).map(\.id)
            let store = EnterpriseStore(tx, town: principal.town, vault: desk.vault)
            let found = try store.list(filter, in: grids, after: cursor, limit: limit + 1)
            let firms = Array(found.prefix(limit))
            return Found(
                firms: firms, next: found.count > limit ? firms.last.map { NameCursor(name: $0.name, id: $0.id.uuid) } : nil,
                counts: try store.counts(in: grids), tree: tree)
        }
    }
}
