package import Kernel

/// The ground a grid covers: one polygon or several that do not touch. 网格范围
///
/// Its rings are closed, yet it may still be drawn wrongly, such as crossing itself: ask for its ``flaw`` before storing it.
package struct Area: Sendable, Hashable {
    package let polygons: [Polygon]

    /// Nil without a polygon.
    package init?(_ polygons: [Polygon]) {
        guard !polygons.isEmpty else { return nil }
        self.polygons = polygons
    }

    package init(_ polygon: Polygon) {
        polygons = [polygon]
    }

    /// How many positions its rings have in all.
    package var corners: Int { polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.count } } }

    /// Whether `point` lies inside or on the border.
    ///
    /// For a single question; ``GridLocator`` answers many.
    package func covers(_ point: Coordinate) -> Bool {
        GEOS.with { geos in
            guard let area = geos.geometry(of: self), let place = geos.geometry(of: point) else { return false }
            defer { geos.destroy(area, place) }
            return geos.covers(area, place)
        }
    }

    /// The centre of gravity, which may lie outside a bent area.
    package var centroid: Coordinate? { GEOS.with { $0.centroid(of: self) } }

    /// A point that surely lies inside: where a label goes.
    package var pointInside: Coordinate? { GEOS.with { $0.pointInside(self) } }
}
