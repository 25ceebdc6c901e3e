import Geometry
import Kernel

/// An area's ring laid out flat, and the even-odd test by hand: what one lookup costs at the very least when the right area is
/// already known. The yardstick of the locating benchmark, not part of the product.
struct Outline {
    private let corners: [(x: Double, y: Double)]

    init(_ area: Area) { corners = area.polygons[0].exterior.map { ($0.longitude, $0.latitude) } }

    /// Never inlined, or the compiler would see that a round gives what the round before gave.
    @inline(never) func contains(_ point: Coordinate) -> Bool {
        var isInside = false
        var before = corners[corners.count - 1]
        for corner in corners {
            if (corner.y > point.latitude) != (before.y > point.latitude),
                point.longitude < (before.x - corner.x) * (point.latitude - corner.y) / (before.y - corner.y) + corner.x
            {
                isInside.toggle()
            }
            before = corner
        }
        return isInside
    }
}
