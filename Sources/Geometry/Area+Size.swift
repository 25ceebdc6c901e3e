import Foundation
import Kernel

extension Area {
    /// How much ground it covers, in square decimetres (0.01 ㎡), rounded to the nearest.
    ///
    /// Corners are carried onto the cylinder of equal area of the CGCS2000 ellipsoid, on which a flat polygon is exactly as
    /// large as the ground below it; only the sides count as straight on that cylinder instead of on the ground, which makes less than a
    /// millionth at the size of a town. The heights of hills are not counted.
    package var squareDecimetres: Int64 {
        let squareMetres = polygons.reduce(0) { sum, polygon in
            sum + abs(Self.flat(polygon.exterior)) - polygon.holes.reduce(0) { $0 + abs(Self.flat($1)) }
        }
        return Int64((max(0, squareMetres) * 100).rounded())
    }

    /// The signed size of a ring in ㎡, positive when it runs counter-clockwise.
    static func flat(_ ring: [Coordinate]) -> Double {
        guard let origin = ring.first else { return 0 }
        // From the first corner, so that small areas far from Greenwich keep their digits.
        let level = height(origin.latitude)
        let points = ring.map { (($0.longitude - origin.longitude) * .pi / 180, height($0.latitude) - level) }
        let doubled = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.0.0 * $1.1.1 - $1.1.0 * $1.0.1) }
        return doubled / 2 * axis * axis
    }

    /// The height on the cylinder of equal area, for an axis of 1.
    private static func height(_ latitude: Double) -> Double {
        let sine = sin(latitude * .pi / 180)
        let scaled = eccentricity * sine
        return (1 - eccentricity * eccentricity) / 2 * (sine / (1 - scaled * scaled) + atanh(scaled) / eccentricity)
    }

    /// CGCS2000 (GB/T 30168): semi-major axis in metres, flattening 1/298.257222101.
    private static let axis = 6_378_137.0
    private static let flattening = 1 / 298.257_222_101
    private static let eccentricity = (flattening * (2 - flattening)).squareRoot()
}
