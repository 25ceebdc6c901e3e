import Geometry
import Kernel
import Storage

/// Ground that goes from one grid to another together with whoever lives on it.
struct DividedArea {
    private let drawn: Area
    private let source: Grid
    private let target: Grid

    init(_ drawn: Area, from source: Grid, to target: Grid) {
        self.drawn = drawn
        self.source = source
        self.target = target
    }

    /// What was drawn becomes, or joins, the one's area and is taken from the other's.
    /// - Throws: ``Invalid`` when nothing is left of the other, or by ``AreaRules``.
    func write(_ change: DirectoryChange) throws {
        let store = GridStore(change.tx, town: change.town)
        let tree = try store.tree(on: change.ambient.now().day())
        var areas = tree.areas
        areas[target.id] = tree.areas[target.id].flatMap { $0.joined(with: drawn) } ?? drawn
        if let before = tree.areas[source.id] {
            guard let rest = before.subtracting(drawn) else { throw Invalid("/area", "regrid-takes-all") }
            areas[source.id] = rest
        }
        for grid in [target, source] {
            guard let area = areas[grid.id] else { continue }
            let found = faults(in: area, of: grid, tree, areas)
            guard found.isEmpty else { throw Invalid(found) }
            try store.setArea(area, of: grid.id, isSynthetic: grid.areaIsSynthetic)
        }
    }

    private func faults(in area: Area, of grid: Grid, _ tree: GridTree, _ areas: [ID<GridNode>: Area]) -> [Fault] {
        func drawn(_ grids: [Grid]) -> [AreaRules.Drawn] {
            grids.compactMap { other in areas[other.id].map { AreaRules.Drawn(name: other.nameZh, area: $0) } }
        }
        let siblings = (grid.parent.map { tree.children(of: $0) } ?? []).filter { other in
            other.id != grid.id && other.kind != .exclusive && grid.kind != .exclusive
        }
        return AreaRules.faults(
            in: area, parent: drawn(grid.parent.flatMap(tree.grid).map { [$0] } ?? []).first, siblings: drawn(siblings),
            children: drawn(tree.children(of: grid.id)))
    }
}
