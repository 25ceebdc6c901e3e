import CGEOS
import Kernel

extension Area {
    /// What is left when `other` is taken away; nil when nothing but slivers is.
    package func subtracting(_ other: Area) -> Area? {
        guard spotOutside(other) != nil else { return nil }
        return GEOS.with { $0.overlay(self, other) { GEOSDifference_r($0, $1, $2) } }
    }

    /// Both together; nil when they cannot be put together.
    package func joined(with other: Area) -> Area? {
        GEOS.with { $0.overlay(self, other) { GEOSUnion_r($0, $1, $2) } }
    }
}

extension GEOS {
    /// The polygons that `operation` makes of two areas; lines and points where they only touch are left out.
    fileprivate func overlay(
        _ one: Area, _ other: Area, _ operation: (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    ) -> Area? {
        let (left, right) = (geometry(of: one), geometry(of: other))
        let result = operation(context, left, right)
        defer { destroy(left, right, result) }
        return result.flatMap { Area(polygons(in: $0)) }
    }

    private func polygons(in geometry: OpaquePointer) -> [Polygon] {
        switch GEOSGeomTypeId_r(context, geometry) {
        case Int32(GEOS_POLYGON.rawValue):
            guard GEOSisEmpty_r(context, geometry) == 0 else { return [] }
            let holes = (0..<max(0, GEOSGetNumInteriorRings_r(context, geometry))).compactMap {
                corners(of: GEOSGetInteriorRingN_r(context, geometry, $0))
            }
            return [corners(of: GEOSGetExteriorRing_r(context, geometry)).flatMap { Polygon(exterior: $0, holes: holes) }]
                .compactMap(\.self)
        case Int32(GEOS_MULTIPOLYGON.rawValue), Int32(GEOS_GEOMETRYCOLLECTION.rawValue):
            return (0..<max(0, GEOSGetNumGeometries_r(context, geometry))).flatMap { index in
                GEOSGetGeometryN_r(context, geometry, index).map(polygons) ?? []
            }
        default: return []
        }
    }

    private func corners(of ring: OpaquePointer?) -> [Coordinate]? {
        guard let ring, let sequence = GEOSGeom_getCoordSeq_r(context, ring) else { return nil }
        var size: UInt32 = 0
        guard GEOSCoordSeq_getSize_r(context, sequence, &size) == 1 else { return nil }
        let corners = (0..<size).compactMap { index -> Coordinate? in
            var (longitude, latitude) = (0.0, 0.0)
            guard GEOSCoordSeq_getXY_r(context, sequence, index, &longitude, &latitude) == 1 else { return nil }
            return Coordinate(longitude: longitude, latitude: latitude)
        }
        return corners.count == Int(size) ? corners : nil
    }
}
