import Geometry
import Kernel
import Testing

struct GeoJSONTests {
    @Test func `reads what it writes, to the last digit`() throws {
        let areas = [
            try area([(0, 0), (1.1, 0.3), (0.7, 1.9)]), try area(square(0, 0, side: 4), holes: [square(1, 1).reversed()]),
            try #require(
                Area([try polygon(square(0, 0)), try polygon(square(2, 2), holes: [square(2.25, 2.25, side: 0.5).reversed()])])),
        ]
        for area in areas { #expect(try Area(geoJSON: area.geoJSON().utf8) == area) }
    }

    @Test func `writes outlines counter-clockwise and holes clockwise`() throws {
        let wrong = try area(square(0, 0, side: 4).reversed(), holes: [square(1, 1)])
        let written = try Area(geoJSON: wrong.geoJSON().utf8)
        #expect(written.polygons[0].exterior == wrong.polygons[0].exterior.reversed())
        #expect(written.polygons[0].holes[0] == wrong.polygons[0].holes[0].reversed())
    }

    @Test(arguments: CRS.allCases)
    func `reads degrees of every system`(_ crs: CRS) throws {
        let area = try area(square(0, 0))
        let read = try Area(geoJSON: area.geoJSON(in: crs).utf8, crs: crs)
        for (left, right) in zip(read.polygons[0].exterior, area.polygons[0].exterior) { #expect(left.metres(to: right) < 0.01) }
    }

    @Test func `drops heights`() throws {
        let text = #"{"type":"Polygon","coordinates":[[[118,24,7],[119,24,7.5],[119,25,0],[118,24,7]]]}"#
        #expect(try Area(geoJSON: text.utf8).corners == 4)
    }

    @Test(arguments: [
        ("", "", "geometry-unreadable"),
        ("{", "", "geometry-unreadable"),
        ("[]", "", "geometry-unreadable"),
        ("<svg/>", "", "geometry-unreadable"),
        (#"{"coordinates":[]}"#, "", "geometry-unreadable"),
        (#"{"type":"Point","coordinates":[118,24]}"#, "/type", "geometry-type"),
        (#"{"type":"Polygon","coordinates":[118,24]}"#, "", "geometry-unreadable"),
        (#"{"type":"Polygon","coordinates":[[["a","b"]]]}"#, "", "geometry-unreadable"),
        (#"{"type":"Polygon","coordinates":[]}"#, "/coordinates", "geometry-empty"),
        (#"{"type":"MultiPolygon","coordinates":[]}"#, "/coordinates", "geometry-empty"),
        (#"{"type":"MultiPolygon","coordinates":[[]]}"#, "/coordinates/0", "geometry-empty"),
        (#"{"type":"Polygon","coordinates":[[]]}"#, "/coordinates/0", "geometry-too-few-corners"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#, "/coordinates/0", "geometry-too-few-corners"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#, "/coordinates/0", "geometry-ring-open"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[181,1],[0,0]]]}"#, "/coordinates/0/2", "geometry-position"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1],[1,1],[0,0]]]}"#, "/coordinates/0/1", "geometry-position"),
        (#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,91],[0,0]]]]}"#, "/coordinates/0/0/2", "geometry-position"),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[1,1],[0,0]]]}"#, "", "geometry-unreadable"),
    ])
    func `says which ring is broken`(_ text: String, _ pointer: String, _ code: String) {
        let problem = #expect(throws: Invalid.self) { try Area(geoJSON: text.utf8) }
        #expect(problem?.faults.first?.pointer == pointer)
        #expect(problem?.faults.first?.code == code)
    }

    @Test func `names every broken ring at once`() {
        let text = #"{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[1,1]],[[1,1],[2,1],[1,1]]]}"#
        let problem = #expect(throws: Invalid.self) { try Area(geoJSON: text.utf8) }
        #expect(problem?.faults.map(\.pointer) == ["/coordinates/0", "/coordinates/1"])
    }

    @Test func `refuses a drawing of too many corners`() {
        let positions = String(repeating: "[0,0],", count: Area.cornerLimit) + "[0,0]"
        let problem = #expect(throws: Invalid.self) {
            try Area(geoJSON: #"{"type":"Polygon","coordinates":[[\#(positions)]]}"#.utf8)
        }
        #expect(problem?.faults.map(\.code) == ["geometry-too-large"])
    }

    @Test func `refuses lists nested without end`() {
        let text = #"{"type":"Polygon","coordinates":"# + String(repeating: "[", count: 100_000)
        #expect(throws: Invalid.self) { try Area(geoJSON: text.utf8) }
    }
}
