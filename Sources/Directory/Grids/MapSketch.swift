package import Geometry
package import Kernel

/// A schematic map: the outlines of grids as SVG paths on one sheet. No tiles, no survey, no third party (地图管理条例, domain.md §2.8).
///
/// The sheet is linear in degrees, so a page can turn a tap back into a coordinate with the four borders alone.
package struct MapSketch: Sendable, Hashable {
    /// The outline of one grid.
    package struct Outline: Sendable, Hashable {
        package let id: ID<GridNode>
        package let level: GridLevel
        /// The `d` of an SVG path; holes are cut out by the even-odd rule.
        package let path: String
        /// Where its name goes: surely inside.
        package let labelX: Int
        package let labelY: Int
    }

    /// The sheet's width in its own units; its height keeps the shape of the ground.
    package static let width = 1000
    package let height: Int
    /// The borders in degrees.
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double
    /// In the order of the grids.
    package private(set) var outlines: [Outline]

    package var viewBox: String { "0 0 \(Self.width) \(height)" }

    /// Nil without an area.
    /// - Parameters:
    ///   - grids: what to draw, in order.
    ///   - spots: places that must be on the sheet too.
    package init?(_ grids: [(grid: Grid, area: Area)], including spots: [Coordinate] = []) {
        let corners = grids.flatMap { $0.area.polygons.flatMap(\.exterior) } + spots
        guard let west = corners.map(\.longitude).min(), let east = corners.map(\.longitude).max(),
            let south = corners.map(\.latitude).min(), let north = corners.map(\.latitude).max(), east > west, north > south
        else { return nil }
        // A margin of a hundredth, so that outlines are not cut.
        let (marginX, marginY) = ((east - west) / 100, (north - south) / 100)
        (self.west, self.east, self.south, self.north) = (west - marginX, east + marginX, south - marginY, north + marginY)
        height = Self.height(west: self.west, south: self.south, east: self.east, north: self.north)
        outlines = []
        outlines = grids.map { grid, area in
            let label = place(area.pointInside ?? area.polygons[0].exterior[0])
            return Outline(id: grid.id, level: grid.level, path: path(of: area), labelX: label.x, labelY: label.y)
        }
    }

    /// Where a coordinate lies on the sheet, to the nearest unit.
    package func place(_ point: Coordinate) -> (x: Int, y: Int) {
        let x = (point.longitude - west) / (east - west) * Double(Self.width)
        let y = (north - point.latitude) / (north - south) * Double(height)
        return (Int(x.rounded()), Int(y.rounded()))
    }

    private static func height(west: Double, south: Double, east: Double, north: Double) -> Int {
        guard let lowerLeft = Coordinate(longitude: west, latitude: south),
            let lowerRight = Coordinate(longitude: east, latitude: south),
            let upperLeft = Coordinate(longitude: west, latitude: north)
        else { return width }
        let ratio = lowerLeft.metres(to: upperLeft) / lowerLeft.metres(to: lowerRight)
        return max(1, min(width * 4, Int((Double(width) * ratio).rounded())))
    }

    private func path(of area: Area) -> String {
        area.polygons.flatMap(\.rings).map { ring in
            let corners = Self.simplified(ring.dropLast().map(place))
            return corners.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.x) \($1.y)" }.joined() + "Z"
        }.joined()
    }

    /// Without corners that fall on their neighbour or on the straight line between their neighbours. Whether one goes depends on
    /// its neighbours only, so a border that two grids share stays the same in both.
    static func simplified(_ corners: [(x: Int, y: Int)]) -> [(x: Int, y: Int)] {
        var distinct: [(x: Int, y: Int)] = []
        for corner in corners where distinct.last.map({ $0 != corner }) ?? true { distinct.append(corner) }
        if distinct.count > 1, let first = distinct.first, let last = distinct.last, first == last { distinct.removeLast() }
        let count = distinct.count
        guard count > 3 else { return distinct }
        return distinct.enumerated().filter { index, corner in
            let (before, after) = (distinct[(index + count - 1) % count], distinct[(index + 1) % count])
            return (corner.x - before.x) * (after.y - before.y) != (corner.y - before.y) * (after.x - before.x)
        }.map(\.element)
    }
}
