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
    /// The villages that hold the pieces; nil for the whole town.
    let villages: [ID<GridNode>]?

    /// Matters whose place lies in `scope`.
    package init(_ scope: Scope, _ tree: GridTree) {
        switch scope {
        case .town: (pieces, villages) = ([.town], nil)
        case .grids(let roots):
            // A root below another one is already in its subtree.
            let outer = roots.filter { root in !tree.path(root).dropLast().contains { roots.contains($0.id) } }
            pieces = outer.sorted().flatMap { Self.subtree($0, tree) }
            villages = Set(outer.compactMap { tree.village(of: $0)?.id }).sorted()
        }
    }

    /// Matters in the subtree of `grid`, as far as `scope` reaches.
    /// - Throws: ``NotFound`` when `scope` does not reach the grid.
    package init(_ scope: Scope, _ tree: GridTree, within grid: ID<GridNode>) throws(NotFound) {
        guard tree.isIn(scope, grid) else { throw NotFound() }
        pieces = Self.subtree(grid, tree)
        villages = tree.village(of: grid).map { [$0.id] } ?? []
    }

    /// The condition that picks all of it out of `matter m`.
    var condition: SQL {
        let grids = pieces.compactMap { if case .grid(let grid) = $0 { grid } else { nil } }
        let whole = pieces.filter { if case .grid = $0 { false } else { true } }.map(\.condition)
        return "(\(SQL.joined(whole + (grids.isEmpty ? [] : ["m.grid_id IN (\(list: grids))"]), separator: " OR ")))"
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
