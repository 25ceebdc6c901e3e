import Foundation
import Kernel
import Testing

struct CoordinateTests {
    /// domain.md §2.8, at Anhai.
    @Test func `shifts Anhai by 479 m east and 306 m south in GCJ-02`() throws {
        let anhai = try #require(Coordinate(longitude: 118.475, latitude: 24.718))
        let shifted = anhai.degrees(in: .gcj02)
        let east = try #require(Coordinate(longitude: shifted.longitude, latitude: 24.718))
        let north = try #require(Coordinate(longitude: 118.475, latitude: shifted.latitude))
        let both = try #require(Coordinate(longitude: shifted.longitude, latitude: shifted.latitude))
        #expect(shifted.longitude > 118.475 && shifted.latitude < 24.718)
        #expect(abs(anhai.metres(to: east) - 479) < 2)
        #expect(abs(anhai.metres(to: north) - 306) < 2)
        #expect(abs(anhai.metres(to: both) - 568) < 2)
    }

    /// Pairs that the widely used converters publish for one and the same point of Beijing.
    @Test(arguments: [
        (CRS.wgs84, CRS.gcj02, 116.404, 39.915, 116.41024449916938, 39.91640428150164),
        (.gcj02, .bd09, 116.404, 39.915, 116.41036949371029, 39.92133699351022),
    ])
    func `agrees with the published pairs`(
        _ from: CRS, _ to: CRS, _ longitude: Double, _ latitude: Double, _ expectedLongitude: Double, _ expectedLatitude: Double
    ) throws {
        let point = try #require(Coordinate(longitude: longitude, latitude: latitude, crs: from))
        let (east, north) = point.degrees(in: to)
        #expect(abs(east - expectedLongitude) < 1e-8 && abs(north - expectedLatitude) < 1e-8)
        // And back, within a metre.
        let back = try #require(Coordinate(longitude: expectedLongitude, latitude: expectedLatitude, crs: to))
        #expect(back.metres(to: point) < 1)
    }

    @Test(arguments: CRS.allCases)
    func `comes back within a centimetre all over China`(_ crs: CRS) throws {
        for longitude in stride(from: 74.1, to: 134.9, by: 0.73) {
            for latitude in stride(from: 4.1, to: 53.4, by: 0.61) {
                let point = try #require(Coordinate(longitude: longitude, latitude: latitude))
                let written = point.degrees(in: crs)
                let read = try #require(Coordinate(longitude: written.longitude, latitude: written.latitude, crs: crs))
                #expect(point.metres(to: read) < 0.01)
            }
        }
    }

    @Test(arguments: [(0.0, 0.0), (-122.4, 37.8), (151.2, -33.9), (140, 36), (2.35, 48.86), (100, 60), (179.999, 1)])
    func `leaves the rest of the world where it is`(_ longitude: Double, _ latitude: Double) throws {
        let point = try #require(Coordinate(longitude: longitude, latitude: latitude))
        #expect(point.degrees(in: .gcj02) == (longitude, latitude))
        #expect(Coordinate(longitude: longitude, latitude: latitude, crs: .gcj02) == point)
    }

    @Test(arguments: [
        (Double.nan, 24.0), (118, .nan), (.infinity, 24), (118, -.infinity), (180.0001, 0), (-181, 0), (0, 90.0001), (0, -91),
        (1e308, 1e308),
    ])
    func `refuses what is no place on earth`(_ longitude: Double, _ latitude: Double) {
        for crs in CRS.allCases { #expect(Coordinate(longitude: longitude, latitude: latitude, crs: crs) == nil) }
    }

    @Test(arguments: [(-180.0, -90.0), (180, 90), (-180, 90), (180, -90), (0, -90), (-180, 0)])
    func `never leaves the earth by removing a shift`(_ longitude: Double, _ latitude: Double) {
        for crs in CRS.allCases {
            guard let point = Coordinate(longitude: longitude, latitude: latitude, crs: crs) else { continue }
            #expect(abs(point.longitude) <= 180 && abs(point.latitude) <= 90)
        }
        #expect(Coordinate(longitude: longitude, latitude: latitude) != nil)
    }

    @Test func `does not decode a place that is none`() throws {
        let decode = { (text: String) in try JSONDecoder().decode(Coordinate.self, from: Data(text.utf8)) }
        #expect(throws: (any Error).self) { try decode(#"{"longitude":999,"latitude":0}"#) }
        let point = try #require(Coordinate(longitude: 118.475, latitude: 24.718))
        #expect(try decode(#"{"longitude":118.475,"latitude":24.718}"#) == point)
        #expect(try JSONDecoder().decode(Coordinate.self, from: try JSONEncoder().encode(point)) == point)
    }

    @Test func `measures metres`() throws {
        let degree = try #require(Coordinate(longitude: 0, latitude: 1))
        let origin = try #require(Coordinate(longitude: 0, latitude: 0))
        let antipode = try #require(Coordinate(longitude: 180, latitude: 0))
        #expect(abs(origin.metres(to: degree) - 111_195.08) < 0.1)
        #expect(origin.metres(to: origin) == 0)
        #expect(abs(origin.metres(to: antipode) - .pi * 6_371_008.8) < 0.1)
    }
}
