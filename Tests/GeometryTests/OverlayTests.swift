import Kernel
import Testing

@testable import Geometry

@Suite struct OverlayTests {
    private func square(_ west: Double, _ south: Double, _ side: Double) throws -> Area {
        let (east, north) = (west + side, south + side)
        let ring = "[[\(west),\(south)],[\(east),\(south)],[\(east),\(north)],[\(west),\(north)],[\(west),\(south)]]"
        return try Area(geoJSON: "{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}".utf8)
    }

    private func point(_ longitude: Double, _ latitude: Double) throws -> Coordinate {
        try #require(Coordinate(longitude: longitude, latitude: latitude))
    }

    @Test func `what is taken away is missing, and together again it is whole`() throws {
        let (whole, corner) = (try square(118.4, 24.7, 0.02), try square(118.4, 24.7, 0.01))
        let rest = try #require(whole.subtracting(corner))
        let (gone, left) = (try point(118.405, 24.705), try point(118.415, 24.705))
        #expect(!rest.covers(gone) && rest.covers(left))
        let again = try #require(rest.joined(with: corner))
        #expect(again.polygons.count == 1 && again.squareDecimetres == whole.squareDecimetres)
        #expect(again.covers(gone))
    }

    @Test func `a hole stays a hole`() throws {
        let (whole, middle) = (try square(118.4, 24.7, 0.03), try square(118.41, 24.71, 0.01))
        let ring = try #require(whole.subtracting(middle))
        #expect(ring.polygons.map(\.holes.count) == [1] && ring.flaw == nil)
        let inside = try point(118.415, 24.715)
        #expect(!ring.covers(inside))
    }

    @Test func `two that lie apart are two polygons, and nothing is left when all is taken`() throws {
        let (one, other) = (try square(118.4, 24.7, 0.01), try square(118.42, 24.71, 0.01))
        #expect(one.joined(with: other)?.polygons.count == 2)
        let all = try square(118.39, 24.69, 0.03)
        #expect(one.subtracting(all) == nil)
        #expect(one.subtracting(other)?.squareDecimetres == one.squareDecimetres)
    }
}
