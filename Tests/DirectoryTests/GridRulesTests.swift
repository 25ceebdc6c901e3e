import Kernel
import Testing

@testable import Directory

@Suite struct GridRulesTests {
    typealias Town = SmallTown
    private let village = Town.grids[0]

    private func codes(_ grid: Grid, below parent: Grid?, village: String = "350582101006", beside others: [Grid] = [])
        -> [String]
    {
        GridRules.faults(in: grid, below: parent, village: village, beside: others).map(\.code)
    }

    @Test(arguments: [
        (GridLevel.two, GridKind.residential, "350582101006001", true), (.two, .residential, "350582101006199", true),
        (.two, .residential, "350582101006200", false), (.two, .residential, "350582101006000", false),
        (.two, .residential, "350582101006501", false), (.two, .residential, "350582101221001", false),
        (.two, .residential, "35058210100601", false), (.two, .residential, "3505821010060011", false),
        (.two, .residential, "35058210100600a", false), (.two, .residential, "", false),
        (.two, .exclusive, "350582101006901", true),
        (.two, .exclusive, "350582101006001", false), (.three, .estate, "350582101006501", true),
        (.three, .estate, "350582101006899", true),
        (.three, .estate, "350582101006900", false), (.three, .estate, "350582101006001", false),
        (.three, .exclusive, "350582101006999", true),
    ])
    func `a code is the village's twelve digits and a serial of the level's own pool`(
        _ level: GridLevel, _ kind: GridKind, _ code: String, _ isLegal: Bool
    ) {
        let parent = level == .two ? village : Town.grids[1]
        let grid = Town.grid(Town.id(50), parent.id, level, kind, code, "新网格")
        #expect(codes(grid, below: parent).isEmpty == isLegal)
    }

    @Test(arguments: [("350582101237", true), ("350582101", false), ("35058210123", false), ("350582103237", false)])
    func `a village's code is the town's nine digits and three more`(_ code: String, _ isLegal: Bool) {
        let grid = Town.grid(Town.id(50), nil, .one, .village, code, "新村")
        #expect(codes(grid, below: nil, village: "350582101").isEmpty == isLegal)
    }

    @Test(arguments: GridLevel.allCases, GridKind.allCases)
    func `villages and communities are level 1, everything else lies below`(_ level: GridLevel, _ kind: GridKind) {
        #expect(GridRules.kinds(on: level).contains(kind) == ((kind == .village || kind == .community) == (level == .one)))
    }

    @Test func `a level cannot be skipped and nothing lies below the third`() {
        let third = Town.grid(Town.id(50), village.id, .three, .estate, "350582101006502", "新小区")
        #expect(codes(third, below: village) == ["grid-level"])
        let second = Town.grid(Town.id(50), nil, .two, .estate, "350582101006003", "新网格")
        #expect(codes(second, below: nil) == ["grid-level"])
    }

    @Test func `a code serves one grid at a time`() {
        let old = Town.grid(Town.id(60), village.id, .two, .residential, "350582101006003", "旧网格", to: day("2023-06-30"))
        let during = Town.grid(Town.id(50), village.id, .two, .residential, "350582101006003", "新网格", from: day("2023-06-30"))
        let after = Town.grid(Town.id(50), village.id, .two, .residential, "350582101006003", "新网格", from: day("2023-07-01"))
        #expect(codes(during, below: village, beside: [old]) == ["code-taken"])
        #expect(codes(after, below: village, beside: [old]) == [])
    }

    @Test func `the next code skips every one ever used`() {
        let taken: Set<String> = ["350582101006001", "350582101006002", "350582101006004"]
        #expect(GridRules.nextCode(for: .two, .residential, village: "350582101006", taken: taken) == "350582101006003")
        #expect(GridRules.nextCode(for: .three, .estate, village: "350582101006", taken: taken) == "350582101006501")
        #expect(GridRules.nextCode(for: .two, .exclusive, village: "350582101006", taken: taken) == "350582101006901")
        #expect(GridRules.nextCode(for: .one, .village, village: "350582101", taken: []) == nil)
        let all = Set((1...199).map { "350582101006" + String($0 + 1000).dropFirst() })
        #expect(GridRules.nextCode(for: .two, .residential, village: "350582101006", taken: all) == nil)
    }

    @Test func `an exclusive grid names who answers for it, and siblings have names of their own`() {
        var grid = Town.grid(Town.id(50), village.id, .two, .exclusive, "350582101006901", "第二网格")
        grid.responsibleUnit = nil
        #expect(Set(codes(grid, below: village, beside: Town.grids)) == ["required", "taken"])
        grid.nameZh = "医院网格"
        grid.responsibleUnit = "安海医院"
        grid.dutyPhone = "ring me"
        #expect(codes(grid, below: village, beside: Town.grids) == ["not-a-phone"])
    }
}
