import Foundation

/// The datum in which a pair of degrees was taken (domain.md §2.8).
package enum CRS: String, Sendable, CaseIterable, Codable {
    /// CGCS2000, the statutory system; equal to WGS-84 within decimetres. What the product stores.
    case cgcs2000 = "cgcs2000"
    /// What a phone's GPS gives.
    case wgs84 = "wgs84"
    /// The shifted system of Amap and Tencent maps.
    case gcj02 = "gcj02"
    /// The shifted system of Baidu maps.
    case bd09 = "bd09"
}

/// A point on the ground in CGCS2000 / WGS-84, in degrees.
package struct Coordinate: Hashable, Sendable, Codable {
    package let longitude: Double
    package let latitude: Double

    /// Nil outside ±180 / ±90 or when not a number.
    package init?(longitude: Double, latitude: Double, crs: CRS = .cgcs2000) {
        guard longitude.isFinite, latitude.isFinite, abs(longitude) <= 180, abs(latitude) <= 90 else { return nil }
        let unshifted =
            switch crs {
            case .cgcs2000, .wgs84: (longitude, latitude)
            case .gcj02: removing(GCJ02.apply, (longitude, latitude))
            case .bd09: removing(GCJ02.apply, removing(BD09.apply, (longitude, latitude)))
            }
        // Baidu's shift can carry a point across the edge of the world.
        guard abs(unshifted.0) <= 180, abs(unshifted.1) <= 90 else { return nil }
        (self.longitude, self.latitude) = unshifted
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let pair = (try container.decode(Double.self, forKey: .longitude), try container.decode(Double.self, forKey: .latitude))
        guard let point = Self(longitude: pair.0, latitude: pair.1) else {
            throw DecodingError.dataCorruptedError(forKey: .longitude, in: container, debugDescription: "not on the earth")
        }
        self = point
    }

    private enum CodingKeys: String, CodingKey { case longitude, latitude }

    /// The same point as another system writes it.
    package func degrees(in crs: CRS) -> (longitude: Double, latitude: Double) {
        switch crs {
        case .cgcs2000, .wgs84: (longitude, latitude)
        case .gcj02: GCJ02.apply((longitude, latitude))
        case .bd09: BD09.apply(GCJ02.apply((longitude, latitude)))
        }
    }

    /// Metres to `other` along a sphere of 6,371,008.8 m.
    package func metres(to other: Coordinate) -> Double {
        let radians = Double.pi / 180
        let (first, second) = (latitude * radians, other.latitude * radians)
        let halfLatitude = sin((second - first) / 2)
        let halfLongitude = sin((other.longitude - longitude) * radians / 2)
        let chord = halfLatitude * halfLatitude + cos(first) * cos(second) * halfLongitude * halfLongitude
        return 2 * 6_371_008.8 * asin(min(1, chord.squareRoot()))
    }
}

/// The point that `shift` carries to `pair`, by fixed-point iteration: the shifts change so slowly that a few rounds reach
/// the last millimetre.
private func removing(_ shift: ((Double, Double)) -> (Double, Double), _ pair: (Double, Double)) -> (Double, Double) {
    var guess = pair
    for _ in 0..<5 {
        let shifted = shift(guess)
        guess = (guess.0 + pair.0 - shifted.0, guess.1 + pair.1 - shifted.1)
    }
    return guess
}

/// The shift of GCJ-02: published approximations of the state algorithm on the Krasovsky 1940 ellipsoid.
private enum GCJ02 {
    static func apply(_ pair: (Double, Double)) -> (Double, Double) {
        let (longitude, latitude) = pair
        // Outside the mainland's bounding box the providers do not shift.
        guard (73.66...135.05).contains(longitude), (3.86...53.55).contains(latitude) else { return (longitude, latitude) }
        let (x, y) = (longitude - 105, latitude - 35)
        let waves = (20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)) * 2 / 3
        var northing = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot() + waves
        northing += (20 * sin(y * .pi) + 40 * sin(y / 3 * .pi)) * 2 / 3
        northing += (160 * sin(y / 12 * .pi) + 320 * sin(y * .pi / 30)) * 2 / 3
        var easting = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot() + waves
        easting += (20 * sin(x * .pi) + 40 * sin(x / 3 * .pi)) * 2 / 3
        easting += (150 * sin(x / 12 * .pi) + 300 * sin(x / 30 * .pi)) * 2 / 3
        let (axis, eccentricity) = (6_378_245.0, 0.006_693_421_622_965_943)
        let radians = latitude / 180 * .pi
        let curvature = 1 - eccentricity * sin(radians) * sin(radians)
        let deltaLatitude = northing * 180 / (axis * (1 - eccentricity) / (curvature * curvature.squareRoot()) * .pi)
        let deltaLongitude = easting * 180 / (axis / curvature.squareRoot() * cos(radians) * .pi)
        return (longitude + deltaLongitude, latitude + deltaLatitude)
    }
}

/// Baidu's further shift of GCJ-02.
private enum BD09 {
    private static let turn = Double.pi * 3000 / 180

    static func apply(_ pair: (Double, Double)) -> (Double, Double) {
        let (x, y) = pair
        let radius = (x * x + y * y).squareRoot() + 0.00002 * sin(y * turn)
        let angle = atan2(y, x) + 0.000003 * cos(x * turn)
        return (radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)
    }
}
