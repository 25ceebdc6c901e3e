import Geometry
import Kernel
import Testing

@testable import Directory

@Suite struct AreaFileRulesTests {
    typealias Town = SmallTown
    typealias Evidence = DatumRules.Evidence
    private let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids)
    private var index: AreaMatchRules.GridIndex { .init(tree) }

    // MARK: Which grid

    @Test(arguments: [
        ("350582101006001", "安平社区第一网格"), (" 350582101006001 ", "安平社区第一网格"), ("３５０５８２１０１００６００１", "安平社区第一网格"),
        ("350582101006000", "安平社区"), ("350582101006", "安平社区"), ("350582101006009", nil), ("", nil), ("0", nil),
    ])
    func `a code means one grid however it is written`(_ code: String, _ name: String?) {
        #expect(index.grids(code, by: .code).map(\.nameZh) == [name].compactMap(\.self))
    }

    @Test(arguments: [
        ("第二网格", ["第二网格"]), ("安平社区第二网格", ["第二网格"]), ("安平社区 第二网格", ["第二网格"]), ("安平社区·第二网格", ["第二网格"]),
        ("安平社区第一网格", ["安平社区第一网格"]), ("第九网格", []),
    ])
    func `a name may come with the village's`(_ name: String, _ found: [String]) {
        #expect(index.grids(name, by: .name).map(\.nameZh) == found)
    }

    @Test func `the property that names grids is found by what is in it, then by what it is called`() {
        func key(_ rows: [[String: String]]) -> String? {
            AreaMatchRules.key(of: rows, index).map { "\($0.property) \($0.way.rawValue)" }
        }
        #expect(key([["FID": "1", "WGBM": "350582101006001", "名称": "第二网格"]]) == "WGBM code")
        #expect(key([["FID": "1", "什么": "350582101006001"], ["FID": "2", "什么": "350582101006002"]]) == "什么 code")
        #expect(key([["FID": "1", "名称": "第二网格"]]) == "名称 name")
        // Two properties hold codes: the one with more of them, then the likelier name.
        #expect(key([["a": "350582101006001", "code": "350582101006001"], ["a": "350582101006002", "code": "x"]]) == "a code")
        #expect(key([["a": "350582101006001", "网格编码": "350582101006001"]]) == "网格编码 code")
        #expect(key([["grid_code": "9", "note": "x"]]) == "grid_code code")
        #expect(key([["note": "x"]]) == nil && key([[:]]) == nil)
        #expect(AreaMatchRules.key("note", of: [["note": "第二网格"]], index).way == .name)
        #expect(AreaMatchRules.key("note", of: [["note": "x"]], index).way == .code)
    }

    // MARK: Which datum

    private func guess(_ evidence: [Evidence], _ declared: CRS? = nil) -> String {
        let guess = DatumRules.guess(evidence, declared: declared)
        return "\(guess.crs.rawValue) \(guess.reason.rawValue)" + (guess.against.map { " not \($0.rawValue)" } ?? "")
    }

    @Test func `the known areas say it first`() {
        func metres(_ plain: Int?, _ gcj: Int?, _ bd: Int?) -> [Evidence] {
            [Evidence(.cgcs2000, metres: plain), Evidence(.gcj02, metres: gcj), Evidence(.bd09, metres: bd)]
        }
        #expect(guess(metres(570, 3, 900)) == "gcj02 areas")
        #expect(guess(metres(570, 3, 900), .wgs84) == "gcj02 areas not wgs84")
        #expect(guess(metres(3, 570, 1100), .wgs84) == "cgcs2000 areas")
        #expect(guess(metres(200, 350, 400)) == "cgcs2000 areas")
        // Too far from what is known, or not apart enough: the areas say nothing.
        #expect(guess(metres(201, 900, 900)) == "cgcs2000 unknown")
        #expect(guess(metres(200, 349, 900)) == "cgcs2000 unknown")
        #expect(guess(metres(200, 349, 900), .bd09) == "bd09 declared")
        #expect(guess(metres(nil, nil, nil)) == "cgcs2000 unknown" && guess([]) == "cgcs2000 unknown")
    }

    @Test func `then the stations, then the grids above, then the file`() {
        func evidence(_ stations: [Int], _ inside: [Int?]) -> [Evidence] {
            zip(CRS.distinct, zip(stations, inside)).map { Evidence($0, stations: $1.0, inside: $1.1) }
        }
        #expect(guess(evidence([0, 2, 1], [nil, nil, nil])) == "gcj02 stations")
        #expect(guess(evidence([2, 2, 1], [nil, nil, nil])) == "cgcs2000 unknown")
        #expect(guess(evidence([1, 0, 0], [nil, nil, nil])) == "cgcs2000 unknown")
        #expect(guess(evidence([0, 0, 0], [700, 800, 990])) == "bd09 parents")
        #expect(guess(evidence([0, 0, 0], [700, 950, 999])) == "cgcs2000 unknown")
        #expect(guess(evidence([0, 0, 0], [700, 950, 999]), .gcj02) == "gcj02 declared")
    }

    // MARK: Together

    private func findings(_ areas: [(ID<GridNode>, Double, Double, Double)], stored: [ID<GridNode>: Area] = [:]) throws
        -> [String]
    {
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids, areas: stored)
        let settings = try areas.map { id, x, y, side in
            AreaSetRules.Setting(try #require(tree.grid(id)), try Town.square(x, y, side: side))
        }
        return (AreaSetRules.findings(settings, in: tree) + AreaSetRules.gaps(settings, in: tree)).map {
            "\($0.name) \($0.fault.code)" + ($0.isWarning ? "?" : "")
        }
    }

    @Test func `areas of one file are judged by one another, not by what they replace`() throws {
        let old = [
            Town.anping: try Town.square(0, 0, side: 0.02), Town.anpingOne: try Town.square(0, 0),
            Town.anpingTwo: try Town.square(1, 0),
        ]
        // The two change places, which neither could alone.
        #expect(try findings([(Town.anpingOne, 1, 0, 0.01)], stored: old) == ["安平社区第一网格 area-overlaps", "安平社区 area-gap?"])
        #expect(
            try findings([(Town.anpingOne, 1, 0, 0.01), (Town.anpingTwo, 0, 0, 0.01)], stored: old) == ["安平社区 area-gap?"])
        // Two that overlap are named once, with the smaller code.
        #expect(
            try findings([(Town.anpingTwo, 0.5, 0, 0.01), (Town.anpingOne, 0, 0, 0.01)], stored: old).filter {
                $0.hasSuffix("overlaps")
            }
                == ["安平社区第一网格 area-overlaps"])
        // A village moved together with what lies in it leaves nothing out.
        #expect(
            try findings([(Town.anping, 5, 5, 0.01), (Town.anpingOne, 5, 5, 0.01)], stored: old).contains("安平社区 area-leaves-out"))
        #expect(
            try findings(
                [(Town.anping, 5, 5, 0.01), (Town.anpingOne, 5, 5, 0.005), (Town.anpingTwo, 5.5, 5, 0.005)], stored: old
            ).filter {
                !$0.hasSuffix("?")
            } == [])
    }

    @Test func `a gap is worth a warning from one in a hundred, and only when every part is drawn`() throws {
        func share(_ height: Double) throws -> [String] {
            try findings([(Town.yaoqian, 0, 0, 0.01), (Town.yaoqianOne, 0, 0, 0.01 * height)])
        }
        // The part covers the square of its side.
        #expect(try share(0.99) == ["瑶前村 area-gap?"])
        #expect(try share(0.996) == [])
        #expect(try findings([(Town.anping, 0, 0, 0.02), (Town.anpingOne, 0, 0, 0.01)]) == [])
    }
}
