package import Kernel

/// Something that another room counts by grid and the office's map shows in circles: numbers alone, never who or where. 地图数量
package struct MapLayer: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case matters, households
    }

    let kind: Kind
    let permission: Permission
    let href: @Sendable (ID<GridNode>) -> String
    let counts: @Sendable (Principal, Scope) async throws -> [ID<GridNode>: Int]

    /// - Parameters:
    ///   - permission: whoever holds it sees the layer, as far as it reaches.
    ///   - href: where the things of a grid and what lies below it are listed.
    ///   - counts: of each grid by itself, within the scope.
    package init(
        _ kind: Kind, for permission: Permission, href: @escaping @Sendable (ID<GridNode>) -> String,
        counts: @escaping @Sendable (Principal, Scope) async throws -> [ID<GridNode>: Int]
    ) {
        self.kind = kind
        self.permission = permission
        self.href = href
        self.counts = counts
    }
}

/// What a layer counts, each grid with what lies below it.
struct MapCounts: Sendable {
    let layer: MapLayer
    private let totals: [ID<GridNode>: Int]

    init(_ layer: MapLayer, _ counts: [ID<GridNode>: Int], in tree: GridTree) {
        self.layer = layer
        var totals: [ID<GridNode>: Int] = [:]
        for (grid, count) in counts {
            for above in tree.path(grid) { totals[above.id, default: 0] += count }
        }
        self.totals = totals
    }

    subscript(grid: ID<GridNode>) -> Int { totals[grid, default: 0] }
}
