package import Directory
package import Kernel
import Storage

/// The part of a town's matters that a list may show, cut into pieces that an index reads newest first.
///
/// A piece is the whole town, one village, or one grid by itself. A list takes the newest of each piece and merges them, so it
/// costs the same among a thousand matters and among a million.
package struct MatterReach: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case town
        case village(ID<GridNode>)
        case grid(ID<GridNode>)

        /// The condition that picks the piece out of `matter m`.
        var condition: SQL {
            switch self {
            case .town: "1 = 1"
            case .village(let village): "m.village_id = \(village)"
            case .grid(let grid): "m.grid_id = \(grid)"
            }
        }
    }

    let pieces: [Piece]

    /// Matters whose place lies in `scope`.
    package init(_ scope: Scope, _ tree: GridTree) {
        switch scope {
        case .town: pieces = [.town]
        case .grids(let roots):
            // A root below another one is already in its subtree.
            let outer = roots.filter { root in !tree.path(root).dropLast().contains { roots.contains($0.id) } }
            pieces = outer.sorted().flatMap { Self.subtree($0, tree) }
        }
    }

    /// Matters in the subtree of `grid`, as far as `scope` reaches.
    /// - Throws: ``NotFound`` when `scope` does not reach the grid.
    package init(_ scope: Scope, _ tree: GridTree, within grid: ID<GridNode>) throws(NotFound) {
        guard tree.isIn(scope, grid) else { throw NotFound() }
        pieces = Self.subtree(grid, tree)
    }

    private static func subtree(_ root: ID<GridNode>, _ tree: GridTree) -> [Piece] {
        guard let grid = tree.grid(root) else { return [] }
        return grid.level == .one ? [.village(root)] : ([grid] + tree.descendants(of: root)).map { .grid($0.id) }
    }
}

/// Whose matters of restricted categories somebody may see: those they may handle.
package struct RestrictedReach: Hashable, Sendable {
    private let scope: Scope?

    package init(_ principal: Principal) { scope = principal.grants[.handleMatter] }

    /// A condition on `matter m`.
    func condition(in town: ID<Town>) -> SQL {
        switch scope {
        case .town: "1 = 1"
        case nil: "m.is_restricted = 0"
        case .some(let scope): "(m.is_restricted = 0 OR \(GridScope.predicate(scope, town: town, grid: "m.grid_id")))"
        }
    }
}
