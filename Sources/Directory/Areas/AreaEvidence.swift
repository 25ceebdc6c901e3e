import Geometry
import Kernel

/// Measures what the ground says of a datum: the new areas beside the known ones, the stations, the grids above.
enum AreaEvidence {
    /// Enough to tell, and no more work in a large file than in a small one.
    private static let (sampleLimit, cornerLimit) = (80, 24)

    /// - Parameter known: drawings and the grids they are for.
    static func of(
        _ crs: CRS, _ known: [(feature: FeatureFile.Feature, grid: Grid)], _ tree: GridTree,
        _ stations: [ID<GridNode>: Coordinate]
    ) -> DatumRules.Evidence {
        var metres: [Int] = []
        var (inside, corners, found) = (0, 0, 0)
        for (feature, grid) in sample(known) {
            guard let area = try? feature.area(in: crs), area.flaw == nil else { continue }
            if let old = tree.areas[grid.id]?.centroid, let new = area.centroid { metres.append(Int(old.metres(to: new))) }
            if let station = stations[grid.id], area.covers(station) { found += 1 }
            guard let parent = grid.parent, tree.areas[parent] != nil else { continue }
            for corner in spread(area.polygons[0].exterior) {
                corners += 1
                if tree.path(at: corner).contains(where: { $0.id == parent }) { inside += 1 }
            }
        }
        metres.sort()
        return DatumRules.Evidence(
            crs, metres: metres.isEmpty ? nil : metres[metres.count / 2], stations: found,
            inside: corners == 0 ? nil : inside * 1000 / corners)
    }

    private static func sample<Element>(_ all: [Element]) -> [Element] { every(all, sampleLimit) }
    private static func spread(_ ring: [Coordinate]) -> [Coordinate] { every(ring, cornerLimit) }

    /// At most about `limit` of them, evenly.
    private static func every<Element>(_ all: [Element], _ limit: Int) -> [Element] {
        let step = max(1, all.count / limit)
        return stride(from: 0, to: all.count, by: step).map { all[$0] }
    }
}
