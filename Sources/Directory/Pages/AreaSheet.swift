import Geometry
import Kernel
import Web

/// Areas on one sheet with the spots where something is wrong: what an import, an edit and a notice board show. 示意图
struct AreaSheet: Sendable {
    struct Shape: Sendable {
        let path: String
        let shade: String
        let label: String
        let x: String
        let y: String
    }
    struct Spot: Sendable {
        let number: String
        let x: String
        let y: String
        let isWarning: Bool
    }

    let viewBox: String
    let west: String
    let south: String
    let east: String
    let north: String
    let tiles: [TileSheet.Tile]
    /// What lies around, in outline.
    let around: [Shape]
    let shapes: [Shape]
    let spots: [Spot]

    /// More names than this cover one another.
    private static let labelLimit = 80

    /// Nil when there is nothing to draw.
    /// - Parameters:
    ///   - drawn: what it is about, with the words on it.
    ///   - around: drawn in outline only, below the rest.
    ///   - findings: numbered in their order, with or without a spot.
    ///   - call: whose site has the pictures that lie under it; nil for none.
    init?(
        _ drawn: [(grid: Grid, area: Area, label: String)], around: [(grid: Grid, area: Area)] = [], findings: [AreaFinding] = [],
        under call: Call? = nil
    ) {
        let spots = findings.enumerated().compactMap { number, finding in finding.spot.map { (number, $0, finding.isWarning) } }
        let all = around + drawn.map { (grid: $0.grid, area: $0.area) }
        guard let sketch = MapSketch(all, including: spots.map(\.1)) else { return nil }
        viewBox = sketch.viewBox
        (west, south, east, north) = ("\(sketch.west)", "\(sketch.south)", "\(sketch.east)", "\(sketch.north)")
        tiles = call?.tiles(under: sketch) ?? []
        func shape(_ outline: MapSketch.Outline, _ shade: Int, _ label: String) -> Shape {
            Shape(
                path: outline.path, shade: "c\(shade % 6 + 1)", label: label, x: String(outline.labelX), y: String(outline.labelY)
            )
        }
        self.around = sketch.outlines.prefix(around.count).map { shape($0, 0, "") }
        shapes = zip(sketch.outlines.dropFirst(around.count), drawn).enumerated().map { index, pair in
            shape(pair.0, index, drawn.count > Self.labelLimit ? "" : pair.1.label)
        }
        self.spots = spots.map { number, spot, isWarning in
            let place = sketch.place(spot)
            return Spot(number: String(number + 1), x: String(place.x), y: String(place.y), isWarning: isWarning)
        }
    }
}
