import Foundation
import Geometry
import Kernel
import Testing
import Web

@testable import Directory

@Suite struct TileTests {
    private static let url = "https://tiles.example/{z}/{x}/{y}.png?key=1"

    private func source(
        _ url: String = url, _ crs: String = "cgcs2000", _ approval: String = "GS(2024)0650号", _ by: String = "天地图"
    ) -> TileSource? {
        try? TileSource(template: url, crs: crs, approval: approval, attribution: by)
    }

    @Test func `a source is one origin, an approved map and its maker`() {
        #expect(source()?.origin == "https://tiles.example")
        #expect(source("http://127.0.0.1:9/{x}/{y}/{z}")?.origin == "http://127.0.0.1:9")
        #expect(source()?.address(z: 12, x: 3396, y: 1752) == "https://tiles.example/12/3396/1752.png?key=1")
        for crs in ["wgs84", "gcj02"] { #expect(source(Self.url, crs) != nil) }
    }

    @Test(arguments: [
        "", "tiles", "/{z}/{x}/{y}", "ftp://h/{z}/{x}/{y}", "https://h/{z}/{x}", "https:///{z}/{x}/{y}",
        "https://{x}.h/{z}/{y}/{x}",
        "https://h/{z}/{x}/{y}; script-src *", "https://h/{z}/{x}/{y}\"", "https://*.h/{z}/{x}/{y}", "https://u:p@h/{z}/{x}/{y}",
        "javascript:alert({z}{x}{y})", "https://h,evil/{z}/{x}/{y}",
    ])
    func `refuses what is no address of tiles or would open the policy`(_ url: String) { #expect(source(url) == nil) }

    @Test func `refuses Baidu's other division, and a map without its number or maker`() {
        #expect(source(Self.url, "bd09") == nil && source(Self.url, "") == nil)
        #expect(source(Self.url, "wgs84", " ") == nil && source(Self.url, "wgs84", "GS(2024)0650号", "") == nil)
    }

    @Test(arguments: [(118.475, 24.718, 10, 848, 439), (0, 0, 1, 1, 1), (-180, 85, 3, 0, 0), (180, -90, 3, 7, 7)])
    func `finds the tile of a place as the usual division has it`(
        _ longitude: Double, _ latitude: Double, _ zoom: Int, _ x: Int, _ y: Int
    ) {
        #expect(TileSheet.position((longitude, latitude), zoom) == (x, y))
    }

    @Test(arguments: ["cgcs2000", "gcj02"])
    func `the pictures cover the sheet without gaps, in whatever datum they are drawn`(_ crs: String) throws {
        let square = try SmallTown.square(0, 0, side: 0.02)
        let sketch = try #require(MapSketch([(SmallTown.grids[0], square)]))
        let from = try #require(source(Self.url, crs))
        let tiles = TileSheet.tiles(under: sketch, from: from)
        let boxes = tiles.map { tile in [tile.x, tile.y, tile.width, tile.height].compactMap { Int($0) } }
        #expect(boxes.count >= 4 && boxes.count <= 64)
        #expect((boxes.map { $0[0] }.min() ?? 1) <= 0)
        #expect((boxes.map { $0[1] }.min() ?? 1) <= 0)
        #expect((boxes.map { $0[0] + $0[2] }.max() ?? 0) >= MapSketch.width)
        #expect((boxes.map { $0[1] + $0[3] }.max() ?? 0) >= sketch.height)
        #expect(boxes.allSatisfy { (195...405).contains($0[2]) })
        let lefts = Set(boxes.map { $0[0] }).sorted()
        for (left, next) in zip(lefts, lefts.dropFirst()) where next - left > 2 {
            #expect(abs(boxes.first { $0[0] == left }.map { $0[0] + $0[2] - next } ?? 9) <= 2)
        }
    }

    @Test func `a shifted picture lies as far from a plain one as the shift is`() throws {
        let square = try SmallTown.square(0, 0, side: 0.02)
        let sketch = try #require(MapSketch([(SmallTown.grids[0], square)]))
        func first(_ crs: String) throws -> (href: String, x: Int) {
            let from = try #require(source(Self.url, crs))
            let tile = try #require(TileSheet.tiles(under: sketch, from: from).first)
            return (tile.href, Int(tile.x) ?? 0)
        }
        let (plain, shifted) = (try first("cgcs2000"), try first("gcj02"))
        // 0.02° are about 2,020 m and 980 units here, the shift about 470 m to the east: the picture moves west.
        let same = plain.href == shifted.href
        #expect(same ? (200...260).contains(plain.x - shifted.x) : true)
        #expect(plain != shifted)
    }
}
