import Foundation

/// The ground of the town as a honeycomb of small cells, from which every grid is put together.
///
/// At a corner of a honeycomb only three cells meet, so the outline of any set of cells never touches itself.
struct HexField: Sendable {
    /// A corner, in whole halves of the honeycomb's steps, so that the cells around it agree on it exactly.
    struct Corner: Hashable, Sendable, Comparable {
        let x: Int
        let y: Int
        static func < (left: Self, right: Self) -> Bool { (left.y, left.x) < (right.y, right.x) }
    }

    /// The middle of each cell, in the same halves.
    let middles: [Corner]
    /// The cells around each cell that belong to the town.
    let neighbours: [[Int]]
    /// The cell beyond each of the six sides, counter-clockwise from the north-east; nil outside the town.
    private let beyond: [[Int?]]

    private static let corners = [(1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1)]
    private static let steps = [(1, 3), (-1, 3), (-2, 0), (-1, -3), (1, -3), (2, 0)]

    /// About `count` cells in a bulging shape that `chance` decides.
    init(cells count: Int, chance: inout Chance) {
        let phases = (0..<3).map { _ in chance.unit() * 2 * .pi }
        let reach = Int((Double(count).squareRoot()) * 0.9) + 3
        var candidates: [(distance: Double, cell: Corner)] = []
        for row in -reach...reach {
            for column in -reach...reach {
                let cell = Corner(x: 2 * column + (row % 2 == 0 ? 0 : 1), y: 3 * row)
                let (x, y) = Self.position(cell)
                let angle = atan2(y, x)
                let bulge =
                    1 + 0.17 * cos(2 * angle + phases[0]) + 0.09 * cos(3 * angle + phases[1]) + 0.05 * cos(5 * angle + phases[2])
                candidates.append(((x * x + y * y).squareRoot() / bulge, cell))
            }
        }
        let nearest = candidates.sorted { ($0.distance, $0.cell) < ($1.distance, $1.cell) }.prefix(count).map(\.cell)
        let middles = Self.connected(nearest)
        let index = Dictionary(middles.enumerated().map { ($1, $0) }) { first, _ in first }
        beyond = middles.map { cell in Self.steps.map { index[Corner(x: cell.x + $0.0, y: cell.y + $0.1)] } }
        neighbours = beyond.map { $0.compactMap(\.self) }
        self.middles = middles
    }

    /// Those of the cells that hang together with the first, in the order of rows.
    private static func connected(_ cells: [Corner]) -> [Corner] {
        let all = Set(cells)
        var reached = Set(cells.prefix(1))
        var waiting = Array(cells.prefix(1))
        while let cell = waiting.popLast() {
            for step in steps {
                let next = Corner(x: cell.x + step.0, y: cell.y + step.1)
                if all.contains(next), reached.insert(next).inserted { waiting.append(next) }
            }
        }
        return reached.sorted()
    }

    /// Where a corner or middle lies, with the side of a cell as 1.
    static func position(_ corner: Corner) -> (x: Double, y: Double) {
        (Double(corner.x) * 0.866_025_403_784_438_6, Double(corner.y) * 0.5)
    }

    /// The sides between the cells of a region and what lies outside it, each with its region on the left.
    func border(of region: [Int]) -> [(from: Corner, to: Corner)] {
        let inside = Set(region)
        return region.flatMap { cell in
            (0..<6).filter { side in beyond[cell][side].map { !inside.contains($0) } ?? true }.map { side in
                (corner(side, of: cell), corner((side + 1) % 6, of: cell))
            }
        }
    }

    /// The closed rings around a connected region, the outline first and counter-clockwise, without the repeated last corner.
    func rings(around region: [Int]) -> [[Corner]] {
        let border = border(of: region).sorted { $0.from < $1.from }
        let next = Dictionary(border.map { ($0.from, $0.to) }) { first, _ in first }
        var seen: Set<Corner> = []
        var rings: [[Corner]] = []
        // The southernmost corner of all is on the outline, so the outline comes first.
        for side in border where !seen.contains(side.from) {
            var ring: [Corner] = []
            var corner = side.from
            while seen.insert(corner).inserted, let following = next[corner] {
                ring.append(corner)
                corner = following
            }
            rings.append(ring)
        }
        return rings
    }

    private func corner(_ number: Int, of cell: Int) -> Corner {
        Corner(x: middles[cell].x + Self.corners[number].0, y: middles[cell].y + Self.corners[number].1)
    }
}
