package import Kernel
package import Storage

/// Renders a ``Scope`` into SQL, so that every store enforces it where rows are chosen (design.md rule 6).
package enum GridScope {
    /// A condition that holds for rows whose grid lies in `scope`. A row without a grid lies in the whole town only.
    /// - Parameter column: the column with the grid's id, such as `"m.grid_id"`.
    package static func predicate(_ scope: Scope, town: ID<Town>, grid column: SQL) -> SQL {
        switch scope {
        case .town: "1 = 1"
        case .grids(let roots) where roots.isEmpty: "1 = 0"
        case .grids(let roots):
            """
            \(column) IN (
                SELECT descendant_id FROM grid_closure WHERE town_id = \(town) AND ancestor_id IN (\(list: roots.sorted())))
            """
        }
    }
}
