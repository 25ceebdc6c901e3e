import Directory
import Geometry
import Kernel

/// Where the homes stand: somewhere in their own grid, the same for the same seed. A stream of chance of its own leaves the people as they were.
struct HomePlaces: Sendable {
    private let ground: Ground
    private let locator: GridLocator<ID<GridNode>>
    private let cells: [ID<GridNode>: [Int]]
    private var chance: Chance

    init(_ plan: TownPlan) {
        ground = plan.grids.ground
        locator = plan.tree.locator
        let leaves = plan.grids.villages.flatMap(\.leaves)
        cells = Dictionary(leaves.map { ($0.grid.id, $0.cells) }) { first, _ in first }
        chance = Chance(seed: plan.seed, "home places")
    }

    /// A point that the product finds in the same grid, beside the middle of a cell if it can be. Nil for a grid without ground of its own.
    mutating func place(in grid: ID<GridNode>) -> Coordinate? {
        guard let cells = cells[grid], !cells.isEmpty else { return nil }
        let cell = chance.pick(cells)
        let points = [ground.point(in: cell, metres: 25, &chance), ground.point(in: cell, &chance)]
        return points.compactMap(\.self).first { locator.locate($0) == grid }
    }
}
