import Foundation
import Geometry
import Kernel
import Testing

@Suite struct FeatureFileTests {
    private static let ring = "[[118.4,24.7],[118.41,24.7],[118.41,24.71],[118.4,24.71],[118.4,24.7]]"
    private static let polygon = #"{"type":"Polygon","coordinates":[\#(ring)]}"#

    private func feature(_ geometry: String = polygon, _ properties: String = #"{"code":"350582101006001"}"#) -> String {
        #"{"type":"Feature","properties":\#(properties),"geometry":\#(geometry)}"#
    }

    private func file(_ features: [String], _ more: String = "") -> [UInt8] {
        Array(#"{"type":"FeatureCollection",\#(more)"features":[\#(features.joined(separator: ","))]}"#.utf8)
    }

    private func code(_ bytes: [UInt8]) -> String? {
        do {
            _ = try FeatureFile(reading: bytes)
            return nil
        } catch { return error.faults.first?.code }
    }

    private func code(_ geometry: String) throws -> String? {
        let one = try #require(try FeatureFile(reading: file([feature(geometry), feature()])).features.first)
        do {
            _ = try one.area(in: .cgcs2000)
            return nil
        } catch { return error.faults.first?.code }
    }

    @Test func `reads areas with their properties, whatever those are`() throws {
        let read = try FeatureFile(
            reading: [0xEF, 0xBB, 0xBF]
                + file([
                    feature(
                        #"{"type":"MultiPolygon","coordinates":[[\#(Self.ring)]]}"#,
                        #"{"网格编码":350582101006001,"名称":"第一网格","x":1.5,"y":null,"z":{"a":[1]},"b":true}"#),
                    feature(Self.polygon, "null"),
                ]))
        #expect(read.features.map(\.properties) == [["网格编码": "350582101006001", "名称": "第一网格", "x": "1.5"], [:]])
        #expect(try read.features.map { try $0.area(in: .wgs84).corners } == [5, 5])
        #expect(read.declared == nil)
    }

    @Test(arguments: [
        ("urn:ogc:def:crs:EPSG::4490", CRS.cgcs2000), ("urn:ogc:def:crs:OGC:1.3:CRS84", .wgs84), ("EPSG:4326", .wgs84),
        ("GCJ-02", .gcj02),
        ("bd09ll", .bd09),
    ])
    func `knows the datum that a file names`(_ name: String, _ crs: CRS) throws {
        let bytes = file([feature()], #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#)
        #expect(try FeatureFile(reading: bytes).declared == crs)
    }

    @Test func `refuses a datum in metres, which would put everything elsewhere`() {
        let bytes = file([feature()], #""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},"#)
        #expect(code(bytes) == "areas-crs-unknown")
    }

    @Test func `refuses what is no file of areas`() {
        let texts = [
            ("", "areas-unreadable"), ("PK\u{3}\u{4}", "areas-unreadable"), ("<html></html>", "areas-unreadable"),
            ("[1,2", "areas-unreadable"),
            ("null", "areas-unreadable"), (#"{"a":1}"#, "areas-no-collection"), (Self.polygon, "areas-no-collection"),
            (feature(), "areas-no-collection"), (#"{"type":"FeatureCollection","features":{}}"#, "areas-no-collection"),
            (#"{"type":"FeatureCollection","features":[]}"#, "areas-empty"), ("\u{0}", "areas-unreadable"),
        ]
        for (text, expected) in texts { #expect(code(Array(text.utf8)) == expected, "\(text)") }
        #expect(code([0xFF, 0xFE, 0x7B, 0x00]) == "areas-unreadable")
    }

    @Test func `says of each drawing what is wrong with it and reads the others`() throws {
        let cases = [
            ("null", "geometry-unreadable"), ("{}", "geometry-unreadable"), ("7", "geometry-unreadable"),
            ("[]", "geometry-unreadable"),
            (#"{"type":"Point","coordinates":[1,2]}"#, "geometry-type"), (#"{"type":7,"coordinates":[]}"#, "geometry-unreadable"),
            (#"{"type":"Polygon"}"#, "geometry-unreadable"), (#"{"type":"Polygon","coordinates":"x"}"#, "geometry-unreadable"),
            (#"{"type":"Polygon","coordinates":[]}"#, "geometry-empty"),
            (#"{"type":"Polygon","coordinates":[[["118","24"]]]}"#, "geometry-unreadable"),
            (#"{"type":"Polygon","coordinates":[[[1e400,24],[1,2],[3,4],[1e400,24]]]}"#, "geometry-unreadable"),
            (#"{"type":"Polygon","coordinates":[[[118],[118.1,24],[118,25],[118]]]}"#, "geometry-position"),
            (#"{"type":"Polygon","coordinates":[[[24.7,118.4],[24.8,118.4],[24.8,118.5],[24.7,118.4]]]}"#, "geometry-position"),
            (
                #"{"type":"Polygon","coordinates":[[[500000,2700000],[500100,2700000],[500100,2700100],[500000,2700000]]]}"#,
                "geometry-position"
            ),
            (#"{"type":"Polygon","coordinates":[[[118,24],[118.1,24],[118,24]]]}"#, "geometry-too-few-corners"),
            (#"{"type":"Polygon","coordinates":[[[118,24],[118.1,24],[118.1,24.1],[118,24.1]]]}"#, "geometry-ring-open"),
        ]
        for (geometry, expected) in cases { #expect(try code(geometry) == expected, "\(geometry)") }
        #expect(try code(Self.polygon) == nil)
        let whole = try FeatureFile(reading: file(["7", "null", #""x""#, feature()]))
        #expect(whole.features.count == 4)
        #expect(throws: Invalid.self) { try whole.features[0].area(in: .cgcs2000) }
        #expect(try whole.features[3].area(in: .cgcs2000).corners == 5)
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity", "0x10", "1e", "01"])
    func `takes no number that JSON has not`(_ number: String) {
        let geometry = #"{"type":"Polygon","coordinates":[[[\#(number),24],[118,24],[118,25],[1,24]]]}"#
        // Refused with the file, or with the drawing where the decoder reads numbers late; never taken.
        let found = code(file([feature(geometry)])) ?? (try? code(geometry)) ?? nil
        #expect(
            found == "areas-unreadable" || found == "geometry-unreadable" || found == "geometry-position",
            "\(number): \(found ?? "taken")")
    }

    @Test func `refuses deep nesting before it reads anything`() {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(code(Array(deep.utf8)) == "areas-too-deep")
        #expect(
            code(file([feature(Self.polygon, String(repeating: #"{"a":"#, count: 60) + "1" + String(repeating: "}", count: 60))]))
                == "areas-too-deep")
        // Brackets in a text open nothing.
        #expect(code(file([feature(Self.polygon, #"{"name":"\#(String(repeating: "[{", count: 100))\\\""}"#)])) == nil)
    }

    @Test func `refuses a million corners before it reads them`() {
        let corners = Array(repeating: "[118.4,24.7]", count: 1_000_000).joined(separator: ",")
        #expect(code(file([feature(#"{"type":"Polygon","coordinates":[[\#(corners)]]}"#)])) == "geometry-too-large")
    }

    @Test func `refuses more drawings than a county has grids`() {
        let many = Array(repeating: #"{"type":"Feature"}"#, count: FeatureFile.featureLimit + 1)
        #expect(code(file(many)) == "areas-too-many")
        #expect(code(file(Array(many.dropLast()))) == nil)
    }

    @Test func `a drawing is read in the datum that is asked for`() throws {
        let place = try #require(Coordinate(longitude: 118.4, latitude: 24.7))
        for crs in CRS.allCases {
            let degrees = try [(0.0, 0.0), (0.01, 0), (0.01, 0.01), (0, 0)].map { east, north in
                let corner = try #require(Coordinate(longitude: 118.4 + east, latitude: 24.7 + north)).degrees(in: crs)
                return "[\(corner.longitude),\(corner.latitude)]"
            }
            let geometry = #"{"type":"Polygon","coordinates":[[\#(degrees.joined(separator: ","))]]}"#
            let read = try FeatureFile(reading: file([feature(geometry)])).features[0].area(in: crs)
            #expect(read.polygons[0].exterior[0].metres(to: place) < 0.01)
        }
    }
}
