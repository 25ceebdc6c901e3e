import Kernel
import Testing

@testable import Directory

@Suite struct CoverageRulesTests {
    typealias Town = SmallTown

    private func findings(_ posts: [Post]) -> Set<String> {
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids, posts: posts)
        return Set(CoverageRules.findings(in: tree).map { "\($0.code.rawValue) \(tree.grid($0.grid)?.nameZh ?? "")" })
    }

    private static let full: [Post] =
        [
            Town.post(1, 1, .townLead, on: Town.anping), Town.post(2, 1, .townLead, on: Town.yaoqian),
            Town.post(3, 2, .townDeputy, on: Town.anping), Town.post(4, 3, .townDeputy, on: Town.yaoqian),
            Town.post(5, 4, .gridChief, on: Town.anping), Town.post(6, 5, .gridChief, on: Town.yaoqian),
            Town.post(7, 6, .instructor, on: Town.anpingOne), Town.post(8, 6, .instructor, on: Town.anpingTwo),
            Town.post(9, 6, .instructor, on: Town.yaoqianOne),
        ] + Town.grids.enumerated().map { Town.post(UInt8(20 + $0), 7, .gridWorker, on: $1.id) }

    @Test func `a fully staffed town has nothing to find`() {
        #expect(findings(Self.full) == [])
    }

    @Test(
        arguments: [
            (1, "no-lead 安平社区"), (3, "no-deputy 安平社区"), (6, "no-chief 瑶前村"), (7, "no-instructor 安平社区第一网格"),
            (20, "no-worker 安平社区"), (23, "no-worker 春晖小区"),
        ] as [(UInt8, String)])
    func `every missing post is found where it is missing`(_ missing: UInt8, _ finding: String) {
        #expect(findings(Self.full.filter { $0.id != Town.id(missing) }) == [finding])
    }

    @Test func `an ended term is a vacancy`() {
        let ended = Self.full.map { post in
            var post = post
            if post.kind == .townDeputy { post.term = Term(from: post.from, to: Town.today.adding(days: -1)) }
            return post
        }
        #expect(findings(ended) == ["no-deputy 安平社区", "no-deputy 瑶前村"])
    }

    @Test func `breaches that came in from elsewhere are found`() {
        let village = Town.grid(Town.id(30), nil, .one, .village, "350582101230", "前埔村")
        let posts =
            Self.full + [
                Town.post(50, 8, .townDeputy, on: Town.anping), Town.post(51, 1, .gridChief, on: Town.yaoqian),
                Town.post(52, 1, .townLead, on: village.id),
            ]
        let tree = GridTree(town: Town.town, day: Town.today, grids: Town.grids + [village], posts: posts)
        let breaches = CoverageRules.findings(in: tree).filter(\.code.isBreach).map {
            "\($0.code.rawValue) \(tree.grid($0.grid)?.nameZh ?? "")"
        }
        #expect(
            Set(breaches) == [
                "two-holders 安平社区", "two-holders 瑶前村", "lead-is-chief 瑶前村", "third-village 安平社区", "third-village 瑶前村",
                "third-village 前埔村",
            ])
    }

    @Test(arguments: [
        (VillageType.newCommunity, Capability.neighbourhoodCentre, true), (.newCommunity, .enterprises, true),
        (.newCommunity, .points, false),
        (.oldTown, .eldersCare, true), (.oldTown, .points, false), (.smallVillage, .points, true),
        (.smallVillage, .crossInspections, true),
        (.largeVillage, .programmes, true), (.largeVillage, .points, false), (.ordinary, .points, false),
    ])
    func `the presets are those of the article's four villages`(_ type: VillageType, _ capability: Capability, _ isOn: Bool) {
        #expect(ProfileRules.preset(for: type).contains(capability) == isOn)
        #expect(ProfileRules.preset(for: type).contains(.matters))
    }

    @Test func `anping's floating share is 88.6 per cent`() {
        func figure(_ key: ReportedFigure.Key, _ value: Int64) -> ReportedFigure {
            ReportedFigure(village: Town.anping, key: key, value: value, reportedText: "", source: "", asOf: Town.start)
        }
        #expect(ProfileRules.floatingShare(of: [figure(.population, 11856), figure(.floating, 10500)]) == 886)
        #expect(ProfileRules.floatingShare(of: [figure(.population, 11856)]) == nil)
        #expect(ProfileRules.floatingShare(of: [figure(.population, 0), figure(.floating, 0)]) == nil)
    }

    @Test(arguments: [("张三", "张*"), ("张三丰", "张**"), ("欧阳建国", "欧***"), ("A", "A*"), ("", "")])
    func `names are masked to their first character`(_ name: String, _ masked: String) {
        #expect(Masking.name(name) == masked)
    }

    @Test(arguments: [("13812341234", "138****1234"), ("+86 138-1234-1234", "138****1234"), ("85780000", "******00"), ("", "")])
    func `telephone numbers are masked in the middle`(_ phone: String, _ masked: String) {
        #expect(Masking.phone(phone) == masked)
    }
}
