import Foundation
import Kernel
import Testing

@testable import Geometry

struct GridLocatorTests {
    private typealias Grids = [(key: String, level: Int, code: String, area: Area)]

    /// Four unit squares around (1, 1), in an order that is not that of their codes, inside one of level 1 with a margin.
    private func quarters() throws -> Grids {
        [
            ("D", 2, "04", try area(square(1, 1))), ("B", 2, "02", try area(square(1, 0))),
            ("A", 2, "01", try area(square(0, 0))),
            ("C", 2, "03", try area(square(0, 1))), ("village", 1, "00", try area(square(-1, -1, side: 4))),
        ]
    }

    @Test(arguments: [
        (0.5, 0.5, "A"), (1.5, 0.5, "B"), (0.5, 1.5, "C"), (1.5, 1.5, "D"),
        (1, 0.5, "A"), (0.5, 1, "A"), (1.5, 1, "B"), (1, 1.5, "C"), (1, 1, "A"),
        (0, 0, "A"), (2, 0, "B"), (0, 2, "C"), (2, 2, "D"), (2, 1, "B"), (1, 2, "C"), (0, 0.25, "A"), (1.75, 2, "D"),
        (-0.5, 0.5, "village"), (-1, -1, "village"), (3, 0.125, "village"), (3, 3, "village"),
        (-1.001, 0, nil), (3.001, 1, nil), (1, 900, nil),
    ])
    func `gives every point to exactly one grid, the deepest and then the smallest code`(
        _ x: Double, _ y: Double, _ expected: String?
    ) throws {
        let grids = try quarters()
        for order in [grids, grids.reversed(), Array(grids[2...] + grids[..<2])] {
            #expect(GridLocator(order).locate(try at(x, y)) == expected)
        }
    }

    @Test func `leaves a hole to whoever fills it`() throws {
        let ringed = try area(square(0, 0, side: 4), holes: [square(1, 1), square(2, 2)])
        let locator = GridLocator([("around", 2, "1", ringed), ("enclave", 2, "2", try area(square(1, 1)))])
        #expect(locator.locate(try at(1.5, 1.5)) == "enclave")
        #expect(locator.locate(try at(2.5, 2.5)) == nil)
        #expect(locator.locate(try at(1, 1.5)) == "around")
        #expect(locator.locate(try at(2, 2)) == "around")
        #expect(locator.locate(try at(3.5, 1.5)) == "around")
    }

    @Test func `finds every part of a grid of several parts`() throws {
        let parts = try #require(Area([try polygon(square(0, 0)), try polygon(square(5, 5))]))
        let locator = GridLocator([("both", 1, "1", parts)])
        #expect(locator.locate(try at(0.5, 0.5)) == "both")
        #expect(locator.locate(try at(6, 6)) == "both")
        #expect(locator.locate(try at(3, 3)) == nil)
    }

    @Test func `finds the same grid for a place as Amap and Baidu write it`() throws {
        let locator = GridLocator(try quarters())
        for crs in CRS.allCases {
            let written = try at(1.5, 0.5).degrees(in: crs)
            let read = try #require(Coordinate(longitude: written.longitude, latitude: written.latitude, crs: crs))
            #expect(locator.locate(read) == "B")
        }
        // The same figures taken for GPS would land in another grid.
        let shifted = try at(1.5, 0.5).degrees(in: .gcj02)
        #expect(locator.locate(try #require(Coordinate(longitude: shifted.longitude, latitude: shifted.latitude))) != "B")
    }

    @Test func `answers nothing when there are no grids`() throws {
        #expect(GridLocator<Int>([]).locate(try at(0, 0)) == nil)
    }

    /// 14 × 14 cells with bent shared borders, of two levels, and points inside, on corners and in the middle of sides.
    private func bent() throws -> (grids: [(key: Int, level: Int, code: String, area: Area)], points: [Coordinate]) {
        func bend(_ x: Double, _ y: Double) throws -> Coordinate { try at(x + 0.2 * sin(y * 2.7), y + 0.2 * sin(x * 3.1)) }
        var grids: [(key: Int, level: Int, code: String, area: Area)] = []
        var points: [Coordinate] = []
        for column in 0..<14 {
            for row in 0..<14 {
                let (x, y) = (Double(column), Double(row))
                let steps = (0..<8).map { Double($0) / 8 }
                let sides = try [
                    steps.map { try bend(x + $0, y) }, steps.map { try bend(x + 1, y + $0) },
                    steps.map { try bend(x + 1 - $0, y + 1) }, steps.map { try bend(x, y + 1 - $0) },
                ]
                let corners = Array(sides.joined())
                let closed = try #require(Polygon(exterior: corners + corners.prefix(1)))
                grids.append((grids.count, column % 3, "\((grids.count * 37) % 101)-\(grids.count)", Area(closed)))
                points += corners
                points += zip(corners, corners.dropFirst()).compactMap {
                    Coordinate(longitude: ($0.longitude + $1.longitude) / 2, latitude: ($0.latitude + $1.latitude) / 2)
                }
            }
        }
        var chance = Lehmer(state: 20_260_801)
        for _ in 0..<2000 {
            points.append(try at(.random(in: -1...15, using: &chance), .random(in: -1...15, using: &chance)))
        }
        return (grids, points)
    }

    @Test func `agrees with asking every area one by one`() throws {
        let (grids, points) = try bent()
        let locator = GridLocator(grids)
        let order = grids.sorted { ($1.level, $0.code) < ($0.level, $1.code) }
        for point in points.enumerated().filter({ $0.offset % 4 == 0 || $0.offset > 12_000 }).map(\.element) {
            #expect(locator.locate(point) == order.first { $0.area.covers(point) }?.key)
        }
    }

    @Test func `answers many threads at once as it answers one`() async throws {
        let (grids, points) = try bent()
        let expected = points.map(GridLocator(grids).locate)
        for _ in 0..<8 {
            let fresh = GridLocator(grids)
            let agreeing = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { points.map(fresh.locate) == expected } }
                return await group.reduce(true) { $0 && $1 }
            }
            #expect(agreeing)
        }
    }
}

/// Repeatable chance.
struct Lehmer: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 31)
    }
}
