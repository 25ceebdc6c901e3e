import Geometry
import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct AreaRulesTests {
    typealias Town = SmallTown
    typealias Drawn = AreaRules.Drawn

    private func square(_ x: Double, _ y: Double, _ side: Double = 0.01) throws -> Area { try Town.square(x, y, side: side) }

    /// The left and lower edges of a square in hundredths of a degree, and its side in degrees.
    private typealias Corner = (x: Double, y: Double, side: Double)

    private func drawn(_ name: String, _ corner: Corner) throws -> Drawn {
        Drawn(name: name, area: try Town.square(corner.x, corner.y, side: corner.side))
    }

    private func found(_ area: Corner, parent: Corner? = nil, siblings: [Corner] = [], children: [Corner] = []) throws -> [String]
    {
        AreaRules.faults(
            in: try drawn("这里", area).area, parent: try parent.map { try drawn("上级", $0) },
            siblings: try siblings.map { try drawn("旁边", $0) }, children: try children.map { try drawn("下级", $0) }
        ).map(\.code)
    }

    @Test func `inside the parent and touching its border is fine`() throws {
        #expect(try found((0, 0, 0.01), parent: (0, 0, 0.02)) == [])
        #expect(try found((0, 0, 0.01), parent: (0, 0, 0.01)) == [])
    }

    @Test func `outside the parent is refused, but for a sliver of drawing`() throws {
        #expect(try found((0.5, 0, 0.01), parent: (0, 0, 0.01)) == ["area-outside-parent"])
        // 1 m over the border, 0.00001° of about 1.1 m
        #expect(try found((0.001, 0, 0.01), parent: (0, 0, 0.01)) == [])
        #expect(try found((0.003, 0, 0.01), parent: (0, 0, 0.01)) == ["area-outside-parent"])
    }

    @Test func `neighbours may touch and not overlap`() throws {
        #expect(try found((0, 0, 0.01), siblings: [(1, 0, 0.01), (0, 1, 0.01), (1, 1, 0.01)]) == [])
        #expect(try found((0, 0, 0.01), siblings: [(0.5, 0, 0.01), (3, 3, 0.01)]) == ["area-overlaps"])
        #expect(try found((0, 0, 0.03), siblings: [(1, 1, 0.01)]) == ["area-overlaps"])
    }

    @Test func `what lies below stays inside`() throws {
        #expect(try found((0, 0, 0.02), children: [(0, 0, 0.01), (1, 1, 0.01)]) == [])
        #expect(try found((0, 0, 0.01), children: [(0.5, 0.5, 0.01)]) == ["area-leaves-out"])
    }

    @Test func `the spot named lies where it is wrong`() throws {
        let fault = try #require(
            AreaRules.faults(
                in: try square(0.5, 0), parent: Drawn(name: "上级", area: try square(0, 0)), siblings: [], children: []
            ).first)
        let degrees = try #require(fault.values["where"]?.split(separator: ", ").map { Double($0) ?? 0 })
        let spot = try #require(Coordinate(longitude: degrees[0], latitude: degrees[1]))
        let outside = try square(1, 0)
        #expect(outside.covers(spot) && fault.values["grid"] == "上级")
    }

    @Test(arguments: Engine.available)
    func `an area is drawn only where the other grids leave room`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let draw = SetArea(database: database, ambient: .fixed())
            let steps: [(ID<GridNode>, Corner, Sighting?, [String])] = [
                (Town.anping, (0, 0, 0.02), nil, []),
                (Town.yaoqian, (1, 0, 0.01), nil, ["area-overlaps"]),
                (Town.yaoqian, (2, 0, 0.01), nil, []),
                (Town.anpingOne, (1.5, 0, 0.01), nil, ["area-outside-parent"]),
                (Town.anpingOne, (0, 0, 0.01), nil, []),
                (Town.anpingTwo, (0.5, 0, 0.01), nil, ["area-overlaps"]),
                (Town.anping, (0.5, 0.5, 0.02), nil, ["area-overlaps", "area-leaves-out"]),
                (Town.anping, (0, 0, 0.02), .nothing, ["changed-meanwhile"]),
                (Town.anping, (0, 0, 0.02), Sighting(changes: 1), []),
            ]
            for (number, (grid, corner, seen, expected)) in steps.enumerated() {
                let drawing = try square(corner.x, corner.y, corner.side).geoJSON()
                let refused = try await codes {
                    try await draw(
                        of: grid, geoJSON: drawing, crs: .cgcs2000, by: Town.principal(), request: Town.id(40 + UInt8(number)),
                        seen: seen)
                }
                #expect(refused == expected, "step \(number + 1)")
            }
        }
    }
}
