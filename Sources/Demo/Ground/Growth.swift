/// Divides connected cells among several regions, each connected and about as large as asked: all grow from their seeds at once,
/// then begin again from where their middles came to lie (Lloyd's relaxation).
struct Growth {
    /// A region could not be made as large as it must be.
    struct Stuck: Error {}

    let field: HexField
    private let rounds = 8
    private let attempts = 60

    /// - Parameters:
    ///   - weights: how large each region should be beside the others.
    ///   - least: how many cells each must have.
    ///   - centreFirst: whether the first regions begin in the middle and the last at the edge.
    /// - Returns: the cells of each region, in order.
    /// - Throws: ``Stuck``.
    func divide(
        _ cells: [Int], by weights: [Int], least: [Int], centreFirst: Bool = false, _ chance: inout Chance
    ) throws -> [[Int]] {
        guard weights.count > 1 else { return [cells] }
        let targets = weights.map { Double($0) / Double(weights.reduce(0, +)) * Double(cells.count) }
        for _ in 0..<attempts {
            var seeds = scattered(weights.count, over: cells, &chance)
            let centre = middle(of: cells)
            if centreFirst { seeds.sort { (distance($0, centre), $0) < (distance($1, centre), $1) } }
            var regions: [[Int]] = []
            for _ in 0..<rounds {
                regions = grow(seeds, targets, over: cells)
                seeds = regions.map { middle(of: $0) }
            }
            if zip(regions, least).allSatisfy({ $0.count >= $1 }) { return regions }
        }
        throw Stuck()
    }

    /// As many cells, far from one another: each the farthest of a few drawn.
    private func scattered(_ count: Int, over cells: [Int], _ chance: inout Chance) -> [Int] {
        var seeds: [Int] = []
        for _ in 0..<count {
            let drawn = (0..<10).map { _ in chance.pick(cells) }.filter { !seeds.contains($0) }
            let free = drawn.isEmpty ? cells.filter { !seeds.contains($0) } : drawn
            let spread = free.map { cell in (seeds.map { distance(cell, $0) }.min() ?? 0, cell) }
            if let best = spread.max(by: { $0 < $1 }) { seeds.append(best.1) }
        }
        return seeds
    }

    /// The least filled region takes the free neighbour nearest to its seed, until no cell is free.
    private func grow(_ seeds: [Int], _ targets: [Double], over cells: [Int]) -> [[Int]] {
        var isFree = [Bool](repeating: false, count: field.middles.count)
        for cell in cells { isFree[cell] = true }
        for seed in seeds { isFree[seed] = false }
        var regions = seeds.map { [$0] }
        var edges = seeds.map { field.neighbours[$0] }
        var growing = Array(regions.indices)
        while let index = growing.min(by: { Double(regions[$0].count) / targets[$0] < Double(regions[$1].count) / targets[$1] }) {
            var best: (distance: Int, cell: Int)?
            edges[index].removeAll { cell in
                guard isFree[cell] else { return true }
                let distance = distance(cell, seeds[index])
                if best.map({ (distance, cell) < $0 }) ?? true { best = (distance, cell) }
                return false
            }
            // Whoever is shut in by others stays so.
            guard let best else { growing.removeAll { $0 == index }; continue }
            isFree[best.cell] = false
            regions[index].append(best.cell)
            edges[index] += field.neighbours[best.cell]
        }
        return regions.map { $0.sorted() }
    }

    /// The cell of the region nearest to its centre of gravity.
    private func middle(of region: [Int]) -> Int {
        let sum = region.reduce((0, 0)) { ($0.0 + field.middles[$1].x, $0.1 + field.middles[$1].y) }
        let count = region.count
        return region.min { left, right in offset(left) < offset(right) } ?? 0

        func offset(_ cell: Int) -> Int {
            let (x, y) = (field.middles[cell].x * count - sum.0, field.middles[cell].y * count - sum.1)
            return 3 * x * x + y * y
        }
    }

    /// Four times the square of the distance, in whole numbers.
    private func distance(_ left: Int, _ right: Int) -> Int {
        let (x, y) = (field.middles[left].x - field.middles[right].x, field.middles[left].y - field.middles[right].y)
        return 3 * x * x + y * y
    }
}
