import CGEOS
import Kernel

/// Areas in order of preference, and which of them is the first to cover a point: a GEOS tree of envelopes over prepared areas.
///
/// Unchecked, because GEOS is behind pointers: GEOS builds its trees at the first question, so `init` asks every one of them, and
/// from then on nothing is written any more (0003-geometry.md). Every question has a context and a point of its own.
final class CoverIndex: @unchecked Sendable {
    private let tree: OpaquePointer?
    private let areas: [OpaquePointer?]
    private let prepared: UnsafeMutableBufferPointer<OpaquePointer?>

    init(_ areas: [Area]) {
        let prepared = UnsafeMutableBufferPointer<OpaquePointer?>.allocate(capacity: areas.count)
        (tree, self.areas) = GEOS.with { geos in
            let geometries = areas.map { geos.geometry(of: $0) }
            let tree = areas.isEmpty ? nil : GEOSSTRtree_create_r(geos.context, 10)
            for (rank, geometry) in geometries.enumerated() {
                prepared.initializeElement(at: rank, to: GEOSPrepare_r(geos.context, geometry))
                GEOSSTRtree_insert_r(geos.context, tree, geometry, UnsafeMutableRawPointer(bitPattern: rank + 1))
            }
            for (rank, area) in areas.enumerated() {
                let corner = geos.geometry(of: area.polygons[0].exterior[0])
                _ = GEOSPreparedCovers_r(geos.context, prepared[rank], corner)
                geos.destroy(corner)
            }
            return (tree, geometries)
        }
        self.prepared = prepared
        if let corner = areas.first?.polygons[0].exterior[0] { _ = firstCovering(corner) }
    }

    deinit {
        GEOS.with { geos in
            if let tree { GEOSSTRtree_destroy_r(geos.context, tree) }
            prepared.forEach { GEOSPreparedGeom_destroy_r(geos.context, $0) }
            areas.forEach { geos.destroy($0) }
        }
        prepared.deallocate()
    }

    /// The smallest rank whose area covers `point`.
    func firstCovering(_ point: Coordinate) -> Int? {
        guard tree != nil else { return nil }
        return GEOS.with { geos in
            guard let place = geos.geometry(of: point) else { return nil }
            defer { GEOSGeom_destroy_r(geos.context, place) }
            var search = Search(context: geos.context, point: place, prepared: prepared, best: prepared.count)
            GEOSSTRtree_query_r(geos.context, tree, place, Search.visit, &search)
            return search.best < prepared.count ? search.best : nil
        }
    }
}

/// What the tree's callback needs of the question it serves.
private struct Search {
    let context: OpaquePointer?
    let point: OpaquePointer
    let prepared: UnsafeMutableBufferPointer<OpaquePointer?>
    var best: Int

    /// Asks an area whose envelope meets the point, unless a better one is already found.
    ///
    /// The tree holds ranks plus one, never null.
    static let visit: GEOSQueryCallback = { item, search in
        guard let search = search?.assumingMemoryBound(to: Search.self) else { return }
        let rank = Int(bitPattern: item) - 1
        guard rank < search.pointee.best else { return }
        if GEOSPreparedCovers_r(search.pointee.context, search.pointee.prepared[rank], search.pointee.point) == 1 {
            search.pointee.best = rank
        }
    }
}
