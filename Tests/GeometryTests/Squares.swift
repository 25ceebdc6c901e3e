import Geometry
import Kernel

/// The point `x`, `y` thousandths of a degree (some hundred metres) from a corner of Anhai.
func at(_ x: Double, _ y: Double) throws(Absent) -> Coordinate {
    guard let point = Coordinate(longitude: 118.47 + x / 1024, latitude: 24.71 + y / 1024) else { throw Absent() }
    return point
}

/// A ring through these points, closed.
func ring(_ points: [(Double, Double)]) throws -> [Coordinate] {
    let corners = try points.map { try at($0.0, $0.1) }
    return corners + corners.prefix(1)
}

func polygon(_ points: [(Double, Double)], holes: [[(Double, Double)]] = []) throws -> Polygon {
    guard let polygon = Polygon(exterior: try ring(points), holes: try holes.map(ring)) else { throw Absent() }
    return polygon
}

/// The square with its lower left corner at `x`, `y`.
func square(_ x: Double, _ y: Double, side: Double = 1) -> [(Double, Double)] {
    [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
}

func area(_ points: [(Double, Double)], holes: [[(Double, Double)]] = []) throws -> Area {
    Area(try polygon(points, holes: holes))
}

/// A test's own figures make no sense.
struct Absent: Error {}
