import CGEOS
package import Kernel

extension Area {
    /// How far two drawings of one border may lie apart: what is narrower than twice this is a sliver of drawing, not ground.
    static let tolerance = 0.000_01

    /// A spot of this area that lies outside `other`; nil when it lies inside, but for slivers of about two metres.
    package func spotOutside(_ other: Area) -> Coordinate? {
        GEOS.with { $0.spot(of: self, other) { GEOSDifference_r($0, $1, $2) } }
    }

    /// A spot that this area shares with `other`; nil when they only touch, but for slivers of about two metres.
    package func spotShared(with other: Area) -> Coordinate? {
        GEOS.with { $0.spot(of: self, other) { GEOSIntersection_r($0, $1, $2) } }
    }
}

extension GEOS {
    /// A point inside what `overlay` makes of two areas, after what is narrower than the tolerance is taken away.
    func spot(
        of one: Area, _ other: Area, _ overlay: (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    ) -> Coordinate? {
        let (left, right) = (geometry(of: one), geometry(of: other))
        let result = overlay(context, left, right)
        // A negative buffer leaves only what is wide enough.
        let core = result.flatMap { GEOSBuffer_r(context, $0, -Area.tolerance, 2) }
        let point = core.flatMap { GEOSisEmpty_r(context, $0) == 0 ? GEOSPointOnSurface_r(context, $0) : nil }
        defer { destroy(left, right, result, core, point) }
        return point.flatMap(coordinate)
    }
}
