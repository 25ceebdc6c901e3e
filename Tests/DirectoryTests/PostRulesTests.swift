import Kernel
import Testing

@testable import Directory

@Suite struct PostRulesTests {
    typealias Town = SmallTown
    private let village = Town.grids[0]

    private func faults(_ post: Post, on grid: Grid?, beside others: [Post] = []) -> [String] {
        PostRules.faults(in: post, on: grid, beside: others).map(\.code)
    }

    static let levels: [(PostKind, GridLevel, Bool)] = PostKind.allCases.flatMap { kind in
        GridLevel.allCases.map { level in
            let legal: Set<GridLevel> =
                switch kind {
                case .townOffice: []
                case .townLead, .townDeputy, .gridChief: [.one]
                case .instructor: [.two]
                case .gridWorker: [.one, .two, .three]
                }
            return (kind, level, legal.contains(level))
        }
    }

    @Test(arguments: levels)
    func `every kind of post sits on its own level only`(_ kind: PostKind, _ level: GridLevel, _ isLegal: Bool) throws {
        let grid = try #require(Town.grids.first { $0.level == level })
        #expect(faults(Town.post(1, 1, kind, on: grid.id), on: grid).isEmpty == isLegal)
    }

    @Test func `only the town office has no grid`() {
        #expect(faults(Town.post(1, 1, .townOffice, on: nil), on: nil) == [])
        #expect(faults(Town.post(1, 1, .gridWorker, on: nil), on: nil) == ["required"])
        #expect(faults(Town.post(1, 1, .townLead, on: nil), on: nil) == ["required"])
    }

    @Test(arguments: [PostKind.townLead, .townDeputy, .gridChief])
    func `a second holder of a village's post is refused until the first has left`(_ kind: PostKind) {
        let first = Town.post(1, 1, kind, on: village.id, from: day("2022-03-01"), to: day("2022-03-31"))
        let onTheLastDay = Town.post(2, 2, kind, on: village.id, from: day("2022-03-31"))
        let theDayAfter = Town.post(2, 2, kind, on: village.id, from: day("2022-04-01"))
        let before = Town.post(2, 2, kind, on: village.id, from: day("2022-02-01"), to: day("2022-03-01"))
        #expect(faults(onTheLastDay, on: village, beside: [first]) == ["post-taken"])
        #expect(faults(theDayAfter, on: village, beside: [first]) == [])
        #expect(faults(before, on: village, beside: [first]) == ["post-taken"])
    }

    @Test func `several workers share a grid, yet nobody twice`() {
        let first = Town.post(1, 1, .gridWorker, on: village.id)
        #expect(faults(Town.post(2, 2, .gridWorker, on: village.id), on: village, beside: [first]) == [])
        #expect(faults(Town.post(2, 1, .gridWorker, on: village.id), on: village, beside: [first]) == ["post-already-held"])
    }

    @Test func `a level-2 grid has one instructor, who may have many grids`() {
        let grids = [Town.grids[1], Town.grids[2]]
        let first = Town.post(1, 1, .instructor, on: grids[0].id)
        #expect(faults(Town.post(2, 1, .instructor, on: grids[1].id), on: grids[1], beside: [first]) == [])
        #expect(faults(Town.post(2, 2, .instructor, on: grids[0].id), on: grids[0], beside: [first]) == ["post-taken"])
    }

    @Test func `a lead with a third village is refused, counted on each day of the term`() {
        let villages: [ID<GridNode>] = [Town.anping, Town.yaoqian, Town.id(30)]
        let grid = Town.grid(villages[2], nil, .one, .village, "350582101230", "前埔村")
        let first = Town.post(1, 1, .townLead, on: villages[0], from: day("2022-01-01"), to: day("2022-06-30"))
        let second = Town.post(2, 1, .townLead, on: villages[1], from: day("2022-06-30"))
        let both = Town.post(3, 1, .townLead, on: villages[2], from: day("2022-02-01"))
        let after = Town.post(3, 1, .townLead, on: villages[2], from: day("2022-07-01"))
        let short = Town.post(3, 1, .townLead, on: villages[2], from: day("2022-02-01"), to: day("2022-06-29"))
        #expect(faults(both, on: grid, beside: [first, second]) == ["third-village"])
        #expect(faults(after, on: grid, beside: [first, second]) == [])
        #expect(faults(short, on: grid, beside: [first, second]) == [])
        #expect(faults(both, on: grid, beside: [first]) == [])
    }

    @Test(arguments: [(PostKind.townLead, PostKind.gridChief), (.gridChief, .townLead)])
    func `lead and chief of one village are two people`(_ kind: PostKind, _ held: PostKind) {
        let other = Town.post(1, 1, held, on: village.id)
        #expect(faults(Town.post(2, 1, kind, on: village.id), on: village, beside: [other]) == ["lead-is-chief"])
        #expect(faults(Town.post(2, 2, kind, on: village.id), on: village, beside: [other]) == [])
        let elsewhere = Town.post(1, 1, held, on: Town.yaoqian)
        #expect(faults(Town.post(2, 1, kind, on: village.id), on: village, beside: [elsewhere]) == [])
    }

    @Test func `reversed days, a closed grid and a worker's hours on a cadre are refused together`() {
        let closed = Town.grid(Town.id(40), nil, .one, .village, "350582101299", "旧村", to: day("2022-12-31"))
        let post = Post(
            id: Town.id(1), person: Town.person(1), kind: .townLead, grid: closed.id, employment: .fullTime,
            from: day("2023-01-01"),
            to: day("2022-01-01"))
        #expect(Set(faults(post, on: closed)) == ["dates-reversed", "employment-of-workers-only", "grid-not-standing"])
        let beyond = Town.post(1, 1, .gridChief, on: closed.id, from: day("2022-06-01"), to: day("2023-01-01"))
        #expect(faults(beyond, on: closed) == ["grid-not-standing"])
    }

    @Test func `a post ends on a day of its term`() {
        let post = Town.post(1, 1, .gridWorker, on: village.id, from: day("2022-03-01"), to: day("2022-06-30"))
        func codes(_ text: String) -> [String] { PostRules.faults(ending: post, on: day(text)).map(\.code) }
        #expect(codes("2022-03-01") == [])
        #expect(codes("2022-06-30") == [])
        #expect(codes("2022-02-28") == ["dates-reversed"])
        #expect(codes("2022-07-01") == ["ended-already"])
    }
}
