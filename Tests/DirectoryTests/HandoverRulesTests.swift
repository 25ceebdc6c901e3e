import Kernel
import Testing

@testable import Directory

@Suite struct HandoverRulesTests {
    typealias Town = SmallTown
    private static let today = Town.today

    private static func order(
        _ successor: UInt8 = 2, in days: Int = 0, note: String = "", items: [HandoverItem] = []
    ) -> HandoverOrder {
        HandoverOrder([Town.id(60)], to: Town.person(successor), from: today.adding(days: days), note: note, items: items)
    }

    private static let post = Town.post(60, 1, .gridWorker, on: Town.estate)

    @Test(arguments: [
        (order(), [post], [String]()),
        (order(1), [post], ["/successor handover-to-self"]),
        (order(in: 60), [post], []), (order(in: 61), [post], ["/day handover-too-far"]),
        (order(), [], ["/posts required"]),
        (order(), [post, Town.post(61, 3, .gridWorker, on: Town.anpingTwo)], ["/posts handover-several-people"]),
        (order(3), [Town.post(62, 1, .townOffice, on: nil)], ["/posts handover-no-grid"]),
        // Somebody who began yesterday has been in post for a day; who begins today has not.
        (order(), [Town.post(60, 1, .gridWorker, on: Town.estate, from: today.adding(days: -1))], []),
        (order(), [Town.post(60, 1, .gridWorker, on: Town.estate, from: today)], ["/day handover-before-start"]),
        (order(note: String(repeating: "字", count: 1000)), [post], []),
        (order(note: String(repeating: "字", count: 1001)), [post], ["/note too-long"]),
        (order(items: [HandoverItem(.key, String(repeating: "字", count: 200))]), [post], []),
        (order(items: [HandoverItem(.paper, String(repeating: "字", count: 201))]), [post], ["/papers handover-item-too-long"]),
        (order(items: Array(repeating: HandoverItem(.remark, "一"), count: 100)), [post], []),
        (order(items: Array(repeating: HandoverItem(.remark, "一"), count: 101)), [post], ["/remarks handover-too-many-items"]),
    ])
    func `a handover keeps its rules`(_ order: HandoverOrder, _ posts: [Post], _ expected: [String]) {
        let faults = HandoverRules.faults(in: order, posts: posts, today: Self.today)
        #expect(faults.map { "\($0.pointer) \($0.code)" } == expected)
    }

    private static func held(from: Int, to: Int?, person: UInt8 = 2, on grid: ID<GridNode> = Town.estate) -> Post {
        Town.post(
            70, person, .gridWorker, on: grid, from: today.adding(days: from), to: to.map { today.adding(days: $0) })
    }

    @Test(arguments: [
        // Nobody there yet: the rest of the term, or none.
        (Int?.none, [Post](), HandoverRules.Step.appoint(Term(from: today, to: nil))),
        (90, [], .appoint(Term(from: today, to: today.adding(days: 90)))),
        (0, [], .appoint(Term(from: today, to: today))),
        // The post was over already.
        (-1, [], .appoint(Term(from: today, to: nil))),
        // The successor is there.
        (nil, [held(from: -5, to: nil)], .keep(Town.id(70))),
        (90, [held(from: -5, to: 90)], .keep(Town.id(70))),
        (90, [held(from: -5, to: 89)], .extend(Town.id(70), to: today.adding(days: 90))),
        (nil, [held(from: -5, to: 89)], .extend(Town.id(70), to: nil)),
        // Not there any more, not there yet, or elsewhere.
        (nil, [held(from: -5, to: -1)], .appoint(Term(from: today, to: nil))),
        (nil, [held(from: 1, to: nil)], .appoint(Term(from: today, to: nil))),
        (nil, [held(from: -5, to: nil, on: Town.anpingTwo)], .appoint(Term(from: today, to: nil))),
        (nil, [held(from: -5, to: nil, person: 3)], .appoint(Term(from: today, to: nil))),
    ])
    func `the successor is appointed, stays or stays longer`(_ end: Int?, _ others: [Post], _ step: HandoverRules.Step) {
        let post = Town.post(60, 1, .gridWorker, on: Town.estate, to: end.map { Self.today.adding(days: $0) })
        #expect(HandoverRules.step(after: post, to: Town.person(2), on: Self.today, beside: others + [post]) == step)
    }

    @Test func `a line is an item, and blank ones are none`() {
        #expect(
            HandoverItem.reading(" 大门钥匙 2 把 \r\n\r\n　\n 仓库钥匙", as: .key)
                == [HandoverItem(.key, "大门钥匙 2 把"), HandoverItem(.key, "仓库钥匙")])
    }

    // MARK: Grids

    private static let source = Town.grids[2]
    private static let sibling = Town.grids[1]
    private static let closed = Town.grid(
        Town.id(14), Town.anping, .two, .residential, "350582101006003", "旧网格", to: today.adding(days: -1))

    @Test(
        arguments: [
            (source, sibling, 0, nil, [String]()), (source, nil, 0, nil, []),
            (source, sibling, 1, nil, ["/day in-the-future"]),
            (source, source, 0, nil, ["/target regrid-same-grid"]),
            (source, Town.grids[0], 0, nil, ["/target regrid-village"]),
            (Town.grids[0], nil, 0, nil, ["/source regrid-village"]),
            (closed, sibling, 0, nil, ["/source grid-closed"]), (source, closed, 0, nil, ["/target grid-closed"]),
            (source, Town.grids[5], 0, nil, ["/target regrid-other-village"]),
            // A household that moved yesterday may move today, one that moved today not yesterday.
            (source, sibling, 0, -1, []), (source, sibling, -1, -1, []), (source, sibling, -1, 0, ["/day regrid-moved-later"]),
        ] as [(Grid, Grid?, Int, Int?, [String])])
    func `households move within a village, today or before`(
        _ source: Grid, _ target: Grid?, _ days: Int, _ moved: Int?, _ expected: [String]
    ) {
        func village(_ grid: Grid) -> ID<GridNode> { grid.code.hasPrefix("350582101006") ? Town.anping : Town.yaoqian }
        let faults = RegridRules.faults(
            moving: source, to: target, villages: (village(source), target.map(village)), on: Self.today.adding(days: days),
            today: Self.today, latestMove: moved.map { Self.today.adding(days: $0) })
        #expect(faults.map { "\($0.pointer) \($0.code)" } == expected)
    }

    @Test func `a grid gives away nothing on its first day`() {
        let new = Town.grid(Town.id(15), Town.anping, .two, .residential, "350582101006004", "新网格", from: Self.today)
        func codes(_ days: Int) -> [String] {
            RegridRules.faults(
                moving: new, to: nil, villages: (Town.anping, nil), on: new.validFrom.adding(days: days),
                today: Self.today.adding(days: 9)
            ).map(\.code)
        }
        #expect(codes(0) == ["regrid-before-grid"] && codes(1) == [])
    }

    @Test func `a worker goes along unless already there, an instructor only where there is none`() {
        let (target, day) = (Town.grids[1], Self.today)
        let worker = Town.post(60, 1, .gridWorker, on: Town.anpingTwo)
        let instructor = Town.post(61, 3, .instructor, on: Town.anpingTwo)
        func goes(_ post: Post, _ others: [Post]) -> Bool {
            RegridRules.goesAlong(post, to: target, on: day, beside: others)
        }
        #expect(goes(worker, []) && goes(worker, [Town.post(62, 2, .gridWorker, on: target.id)]))
        #expect(!goes(worker, [Town.post(62, 1, .gridWorker, on: target.id)]))
        #expect(goes(worker, [Town.post(62, 1, .gridWorker, on: target.id, to: day.adding(days: -1))]))
        #expect(goes(instructor, []) && !goes(instructor, [Town.post(62, 2, .instructor, on: target.id)]))
        // Level 3 has no instructor.
        #expect(!RegridRules.goesAlong(instructor, to: Town.grids[3], on: day, beside: []))
    }
}
