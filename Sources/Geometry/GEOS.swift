import CGEOS
import Kernel

/// One conversation with GEOS, which asks that no two threads share one. Beginning it costs some tens of nanoseconds.
struct GEOS {
    let context: OpaquePointer?

    /// Begins a conversation and ends it after `body`.
    static func with<Answer>(_ body: (GEOS) -> Answer) -> Answer {
        let geos = GEOS(context: GEOS_init_r())
        defer {
            if let context = geos.context { GEOS_finish_r(context) }
        }
        return body(geos)
    }

    // MARK: - Making

    /// To be given back with ``destroy(_:)``; nil only when memory ends.
    func geometry(of point: Coordinate) -> OpaquePointer? {
        GEOSGeom_createPointFromXY_r(context, point.longitude, point.latitude)
    }

    /// To be given back with ``destroy(_:)``; nil only when memory ends.
    func geometry(of area: Area) -> OpaquePointer? {
        var parts: [OpaquePointer?] = area.polygons.map(geometry)
        guard parts.count != 1 else { return parts[0] }
        return GEOSGeom_createCollection_r(context, Int32(GEOS_MULTIPOLYGON.rawValue), &parts, UInt32(parts.count))
    }

    private func geometry(of polygon: Polygon) -> OpaquePointer? {
        var holes: [OpaquePointer?] = polygon.holes.map(ring)
        return GEOSGeom_createPolygon_r(context, ring(polygon.exterior), &holes, UInt32(holes.count))
    }

    private func ring(_ corners: [Coordinate]) -> OpaquePointer? {
        let numbers = corners.flatMap { [$0.longitude, $0.latitude] }
        return GEOSGeom_createLinearRing_r(context, GEOSCoordSeq_copyFromBuffer_r(context, numbers, UInt32(corners.count), 0, 0))
    }

    func destroy(_ geometries: OpaquePointer?...) {
        for case let geometry? in geometries { GEOSGeom_destroy_r(context, geometry) }
    }

    // MARK: - Asking

    func covers(_ area: OpaquePointer, _ point: OpaquePointer) -> Bool { GEOSCovers_r(context, area, point) == 1 }

    func centroid(of area: Area) -> Coordinate? {
        point(of: area) { GEOSGetCentroid_r($0, $1) }
    }

    func pointInside(_ area: Area) -> Coordinate? {
        point(of: area) { GEOSPointOnSurface_r($0, $1) }
    }

    func flaw(of area: Area) -> Flaw? {
        guard let geometry = geometry(of: area) else { return Flaw(kind: .other, spot: nil) }
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        defer {
            destroy(geometry, location)
            if let reason { GEOSFree_r(context, reason) }
        }
        guard GEOSisValidDetail_r(context, geometry, 0, &reason, &location) != 1 else { return nil }
        return Flaw(kind: Flaw.Kind(reason: reason.map { String(cString: $0) } ?? ""), spot: location.flatMap(coordinate))
    }

    private func point(of area: Area, _ function: (OpaquePointer?, OpaquePointer) -> OpaquePointer?) -> Coordinate? {
        guard let geometry = geometry(of: area) else { return nil }
        let point = function(context, geometry)
        defer { destroy(geometry, point) }
        return point.flatMap(coordinate)
    }

    /// Nil for an empty point.
    func coordinate(of point: OpaquePointer) -> Coordinate? {
        var (longitude, latitude) = (0.0, 0.0)
        guard GEOSGeomGetX_r(context, point, &longitude) == 1, GEOSGeomGetY_r(context, point, &latitude) == 1 else { return nil }
        return Coordinate(longitude: longitude, latitude: latitude)
    }
}
