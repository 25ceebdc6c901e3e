package import Geometry
package import Kernel

/// One thing that a set of drawn areas has against it. 边界问题
package struct AreaFinding: Sendable, Hashable {
    /// Whose area it is: the grid's name, or what the file calls it.
    package let name: String
    /// The grid, when it is known.
    package let grid: ID<GridNode>?
    package let fault: Fault
    /// The offending spot, when there is one.
    package let spot: Coordinate?
    /// Whether the areas may be stored all the same.
    package let isWarning: Bool

    init(_ name: String, _ grid: ID<GridNode>?, _ fault: Fault, at spot: Coordinate? = nil, isWarning: Bool = false) {
        self.name = name
        self.grid = grid
        self.fault = fault
        self.spot = spot ?? fault.spot
        self.isWarning = isWarning
    }
}

/// Whether areas drawn together fit the tree and each other. Pure; a single area is a set of one. 成批边界
package enum AreaSetRules {
    /// An area free of flaws, and the grid it is for.
    package struct Setting: Sendable {
        package let grid: Grid
        package let area: Area

        package init(_ grid: Grid, _ area: Area) {
            self.grid = grid
            self.area = area
        }
    }

    /// From how many thousandths of a grid left to none of those below on it is worth a warning.
    package static let gapTolerance = 10

    /// What speaks against the areas, beside those of the grids that keep theirs. Two that overlap are named once, with the smaller code.
    package static func findings(_ settings: [Setting], in tree: GridTree) -> [AreaFinding] {
        let fresh = Dictionary(settings.map { ($0.grid.id, $0.area) }) { first, _ in first }
        let areas = tree.areas.merging(fresh) { $1 }
        let bounds = areas.mapValues(\.bounds)
        func drawn(_ grids: [Grid]) -> [AreaRules.Drawn] {
            grids.compactMap { grid in areas[grid.id].map { AreaRules.Drawn(name: grid.nameZh, area: $0) } }
        }
        return settings.flatMap { setting -> [AreaFinding] in
            let grid = setting.grid
            let siblings = (grid.parent.map { tree.children(of: $0) } ?? tree.roots).filter { other in
                guard other.id != grid.id, other.kind != .exclusive, grid.kind != .exclusive else { return false }
                guard fresh[other.id] == nil || (grid.code, grid.id) < (other.code, other.id) else { return false }
                guard let here = bounds[grid.id], let there = bounds[other.id] else { return false }
                return here.meets(there)
            }
            return AreaRules.faults(
                in: setting.area, parent: drawn(grid.parent.flatMap(tree.grid).map { [$0] } ?? []).first,
                siblings: drawn(siblings), children: drawn(tree.children(of: grid.id).filter { fresh[$0.id] == nil })
            ).map { AreaFinding(grid.nameZh, grid.id, $0) }
        }
    }

    /// The grids, among those above the areas and their own, that those below leave partly uncovered. A grid one of whose parts is not
    /// drawn yet cannot be judged.
    package static func gaps(_ settings: [Setting], in tree: GridTree) -> [AreaFinding] {
        let fresh = Dictionary(settings.map { ($0.grid.id, $0.area) }) { first, _ in first }
        let touched = Set(settings.flatMap { [$0.grid.id] + ($0.grid.parent.map { [$0] } ?? []) })
        return tree.all.filter { touched.contains($0.id) }.compactMap { grid -> AreaFinding? in
            let below = tree.children(of: grid.id)
            let parts = below.compactMap { fresh[$0.id] ?? tree.areas[$0.id] }
            let isDrawn = below.allSatisfy { $0.kind == .exclusive || fresh[$0.id] != nil || tree.areas[$0.id] != nil }
            guard isDrawn, !parts.isEmpty, let whole = fresh[grid.id] ?? tree.areas[grid.id], let gap = whole.gap(between: parts),
                gap.thousandths >= gapTolerance
            else { return nil }
            let share = "\(gap.thousandths / 10).\(gap.thousandths % 10) %"
            return AreaFinding(
                grid.nameZh, grid.id, Fault("/area", "area-gap", ["share": share, "where": gap.spot.words]), isWarning: true)
        }
    }
}
