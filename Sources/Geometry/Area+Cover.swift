import CGEOS
package import Kernel

/// The borders of an area in degrees: a cheap first answer to whether two areas can meet.
package struct Bounds: Sendable, Hashable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    package func meets(_ other: Bounds) -> Bool {
        west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }
}

/// What of an area some others leave uncovered.
package struct Gap: Sendable, Hashable {
    /// In thousandths of the area, rounded down.
    package let thousandths: Int
    /// Surely inside the widest part that is left.
    package let spot: Coordinate
}

extension Area {
    package var bounds: Bounds {
        let corners = polygons.flatMap(\.exterior)
        let (longitudes, latitudes) = (corners.map(\.longitude), corners.map(\.latitude))
        return Bounds(
            west: longitudes.min() ?? 0, south: latitudes.min() ?? 0, east: longitudes.max() ?? 0, north: latitudes.max() ?? 0)
    }

    /// What `parts` together leave of this area, after slivers of about two metres; nil when nothing is left.
    package func gap(between parts: [Area]) -> Gap? {
        GEOS.with { geos in
            let whole = geos.geometry(of: self)
            var members = parts.map { geos.geometry(of: $0) }
            // The collection owns its members from here on.
            let all = GEOSGeom_createCollection_r(
                geos.context, Int32(GEOS_GEOMETRYCOLLECTION.rawValue), &members, UInt32(members.count))
            let union = all.flatMap { GEOSUnaryUnion_r(geos.context, $0) }
            let rest = union.flatMap { GEOSDifference_r(geos.context, whole, $0) }
            let core = rest.flatMap { GEOSBuffer_r(geos.context, $0, -Area.tolerance, 2) }
            let point = core.flatMap {
                GEOSisEmpty_r(geos.context, $0) == 0 ? GEOSPointOnSurface_r(geos.context, $0) : nil
            }
            defer { geos.destroy(whole, all, union, rest, core, point) }
            var (wholeSize, restSize) = (0.0, 0.0)
            guard let point, let spot = geos.coordinate(of: point), GEOSArea_r(geos.context, whole, &wholeSize) == 1,
                GEOSArea_r(geos.context, rest, &restSize) == 1, wholeSize > 0
            else { return nil }
            return Gap(thousandths: Int(restSize / wholeSize * 1000), spot: spot)
        }
    }
}
