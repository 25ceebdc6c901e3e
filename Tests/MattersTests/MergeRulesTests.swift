import Kernel
import TestSupport
import Testing

@testable import Matters

struct MergeRulesTests {
    private let timing = ClockTiming(calendar: .shipped)
    private let ambient = Ambient.fixed()
    private let start = moment("2026-03-02 09:00")

    private func limits(_ respond: String?, _ finish: String?) -> ClockLimits {
        ClockLimits(
            respond: respond.flatMap { TimeLimit($0) }, finish: finish.flatMap { TimeLimit($0) }, followUp: .twoDays)
    }

    private func matter(_ stage: MatterStage = .collected, restricted: Bool = false, state: ClockStanding.State = .running)
        -> Matter
    {
        let category = Category("0101", "路灯", "Lamp", .small, visibility: restricted ? .restricted : .open)
        let grid: ID<GridNode> = ambient.newID()
        var matter = Matter(
            id: ambient.newID(), number: PublicNumber(random: 1), category: category, words: "灯不亮",
            place: MatterPlace(grid: grid, village: grid), channel: .phone, reportedAt: start, holder: .town)
        matter.stage = stage
        matter.clock.state = state
        return matter
    }

    @Test func `says why two matters cannot be merged`() throws {
        let open = matter()
        #expect(throws: Never.self) { try MergeRules.check(matter(.handled), into: open) }
        #expect(throws: Conflict("merge-itself")) { try MergeRules.check(open, into: open) }
        let table: [(Matter, Matter, String)] = [
            (matter(.merged), open, "part-of-another"), (open, matter(.merged), "part-of-another"),
            (matter(.closed), open, "closed"),
            (open, matter(.closed), "closed"), (matter(restricted: true), open, "merge-restricted"),
            (open, matter(restricted: true), "merge-restricted"), (open, matter(state: .paused), "merge-paused"),
            (open, matter(state: .shelved), "merge-paused"),
        ]
        for (source, target, reason) in table {
            #expect(throws: Conflict(reason)) { try MergeRules.check(source, into: target) }
        }
        // What stands still may become part of what goes on.
        #expect(throws: Never.self) { try MergeRules.check(matter(state: .shelved), into: open) }
    }

    @Test(arguments: [
        ([Tier.small, .small], Tier.small), ([.small, .hard], .hard), ([.hard, .urgent], .urgent), ([.urgent, .small], .urgent),
    ])
    func `the heavier tier counts`(_ tiers: [Tier], _ heaviest: Tier) {
        #expect(MergeRules.tier(tiers) == heaviest && MergeRules.tier(tiers.reversed()) == heaviest)
    }

    @Test func `whoever stands highest has it in hand`() {
        let grids: [ID<GridNode>] = (0..<4).map { _ in ambient.newID() }
        func path(_ staffed: Set<Int>) -> [Rung] {
            (1...3).map { Rung(grid: grids[$0], level: $0, isStaffed: staffed.contains($0)) }
        }
        let all = path([1, 2, 3])
        func holder(_ level: Int) -> Holder { level == 0 ? .town : Holder(grid: grids[level], level: level) }
        func after(_ target: Int, _ source: Int, _ tier: Tier, _ path: [Rung]) -> Int {
            MergeRules.holder(of: holder(target), with: Holder(grid: grids[0], level: max(1, source)), tier, path: path).level
        }
        #expect(after(3, 3, .small, all) == 3)
        #expect(after(3, 2, .small, all) == 2)
        #expect(after(2, 3, .small, all) == 2)
        #expect(after(3, 3, .urgent, all) == 2)
        #expect(after(3, 3, .hard, all) == 1)
        #expect(after(0, 3, .urgent, all) == 0)
        #expect(MergeRules.holder(of: holder(3), with: .town, .small, path: all) == .town)
        // Nobody is in post at level 2: upwards.
        #expect(after(3, 2, .small, path([1, 3])) == 1)
        #expect(after(3, 2, .small, path([3])) == 0)
    }

    // MARK: Clocks

    private func merged(
        _ target: (ClockLimits, [ClockFact]), _ source: (ClockLimits, [ClockFact]), at now: Instant, seen later: Instant,
        stage: MatterStage = .collected
    ) -> (taken: [TakenClock], clocks: [MatterClock]) {
        let taken = MergeRules.taken(
            ClockRules.clocks(source.0, source.1, timing, at: now), by: ClockRules.clocks(target.0, target.1, timing, at: now),
            at: stage)
        let facts = target.1 + taken.map { ClockFact(.took($0), at: now) }
        return (taken, ClockRules.clocks(target.0, facts, timing, at: later))
    }

    private func finish(_ clocks: [MatterClock]) -> MatterClock? { clocks.last { $0.kind == .finish } }

    @Test func `whoever has looked waits for no first response any more`() {
        let (monday, now) = (start, moment("2026-03-02 10:00"))
        let source = (limits("2h", "3d"), [ClockFact(.reported, at: monday)])
        let target = (limits(nil, nil), [ClockFact(.reported, at: monday)])
        #expect(merged(target, source, at: now, seen: now).taken.map(\.kind) == [.respond, .finish])
        #expect(merged(target, source, at: now, seen: now, stage: .accepted).taken.map(\.kind) == [.finish])
    }

    @Test func `the earlier report gives the pace`() throws {
        let (monday, tuesday, now) = (start, moment("2026-03-03 09:00"), moment("2026-03-03 10:00"))
        let (taken, clocks) = merged(
            (limits(nil, "3d"), [ClockFact(.reported, at: tuesday)]), (limits(nil, "3d"), [ClockFact(.reported, at: monday)]),
            at: now, seen: now)
        #expect(taken.map(\.kind) == [.finish])
        let clock = try #require(finish(clocks))
        #expect(clock.due == moment("2026-03-05 17:30") && clock.start == monday)
        // The other way round nothing changes.
        let (none, same) = merged(
            (limits(nil, "3d"), [ClockFact(.reported, at: monday)]), (limits(nil, "3d"), [ClockFact(.reported, at: tuesday)]),
            at: now, seen: now)
        #expect(none.isEmpty && finish(same)?.due == moment("2026-03-05 17:30"))
    }

    @Test func `a tie is the target's own`() {
        let (taken, _) = merged(
            (limits("4h", "3d"), [ClockFact(.reported, at: start)]), (limits("4h", "3d"), [ClockFact(.reported, at: start)]),
            at: start + .hours(1), seen: start + .hours(1))
        #expect(taken.isEmpty)
    }

    @Test func `what is urgent for one is due as the urgent one was, in its own kind of time`() throws {
        let now = moment("2026-03-06 16:00")
        let (taken, clocks) = merged(
            (limits(nil, "3d"), [ClockFact(.reported, at: moment("2026-03-05 09:00"))]),
            (limits(nil, "24U"), [ClockFact(.reported, at: moment("2026-03-06 15:00"))]), at: now, seen: now)
        #expect(taken.first?.limit == TimeLimit("24U"))
        // Saturday afternoon: no working hours, and due all the same.
        #expect(finish(clocks)?.due == moment("2026-03-07 15:00"))
        #expect(finish(clocks)?.left == .hours(23))
    }

    @Test func `what was late already is late here from the merging on, once`() throws {
        let (monday, now) = (start, moment("2026-03-12 10:00"))
        let (taken, clocks) = merged(
            (limits(nil, "3d"), [ClockFact(.reported, at: moment("2026-03-12 09:00"))]),
            (limits(nil, "3d"), [ClockFact(.reported, at: monday)]), at: now, seen: now + .hours(3))
        #expect(taken.count == 1)
        let breaches = clocks.flatMap(\.marks).filter { $0.kind == .breach && $0.clock == .finish }
        #expect(breaches.map(\.at) == [now], "nothing counts before it happened")
        let clock = try #require(finish(clocks))
        #expect(clock.used.milliseconds >= 0 && clock.used.milliseconds + clock.left.milliseconds == clock.budget.milliseconds)
    }

    @Test func `nothing is taken from a clock that has stopped, stands still or was late itself`() {
        let now = moment("2026-03-12 10:00")
        let late = (limits("4h", "3d"), [ClockFact(.reported, at: start)])
        let handled = (limits("4h", "3d"), [ClockFact(.reported, at: now - .hours(2)), ClockFact(.handled, at: now - .hours(1))])
        #expect(merged(handled, late, at: now, seen: now).taken.isEmpty, "what is done is done for both")
        #expect(merged(late, (limits("4h", "1U"), [ClockFact(.reported, at: start)]), at: now, seen: now).taken.isEmpty)
        let shelved = (
            limits(nil, "3d"), [ClockFact(.reported, at: start), ClockFact(.shelved(review: now), at: start + .hours(1))]
        )
        #expect(merged((limits(nil, "3d"), [ClockFact(.reported, at: now)]), shelved, at: now, seen: now).taken.isEmpty)
        // Another procedure decides there; here there is a limit.
        let none = (limits(nil, nil), [ClockFact(.reported, at: now)])
        #expect(merged(none, late, at: now, seen: now).taken.map(\.kind) == [.respond, .finish])
    }

    @Test(arguments: [0, 1, 30, 400]) func `a split matter goes on with the time it had`(_ days: Int64) throws {
        let (gone, back) = (start + .hours(2), start + .hours(2) + .days(days))
        let facts = [ClockFact(.reported, at: start), ClockFact(.frozen, at: gone), ClockFact(.thawed, at: back)]
        let before = try #require(finish(ClockRules.clocks(limits("4h", "3d"), Array(facts.prefix(1)), timing, at: gone)))
        let while_ = try #require(finish(ClockRules.clocks(limits("4h", "3d"), Array(facts.prefix(2)), timing, at: back)))
        let after = try #require(finish(ClockRules.clocks(limits("4h", "3d"), facts, timing, at: back)))
        #expect(while_.left == before.left && while_.due == nil && while_.marks.isEmpty)
        #expect(after.left == before.left && after.used == .hours(2))
        #expect(after.due.map { $0 > back } ?? false)
    }

    @Test func `a pause goes on after a split as far as it went, and ends if it would have ended meanwhile`() throws {
        let until = start + .days(5)
        let paused = [ClockFact(.reported, at: start), ClockFact(.paused(until: until), at: start + .hours(1))]
        func after(_ back: Instant) throws -> MatterClock {
            let facts = paused + [ClockFact(.frozen, at: start + .hours(2)), ClockFact(.thawed, at: back)]
            return try #require(finish(ClockRules.clocks(limits(nil, "3d"), facts, timing, at: back)))
        }
        #expect(try after(start + .days(2)).isPaused)
        let late = try after(start + .days(9))
        #expect(!late.isPaused && late.used == .hours(1))
        let past = late.marks.filter { $0.at <= start + .days(9) }
        #expect(past.map(\.at) == [start + .days(9)] && past.map(\.kind) == [.resumed])
    }

    @Test(arguments: 0..<200) func `no order of merging, splitting and acting makes time negative or loses it`(_ seed: UInt64) {
        let numbers = SeededNumbers(seed: seed)
        func below(_ count: UInt64) -> Int64 { Int64(numbers.next() % count) }
        let texts = ["2h", "1d", "3d", "1U", "24U"]
        var (at, isFrozen, isOpen) = (start, false, true)
        var facts = [ClockFact(.reported, at: at)]
        let own = limits("4h", texts[Int(below(5))])
        for _ in 0..<12 where isOpen {
            at = at + Span(milliseconds: below(400_000_000))
            if isFrozen {
                facts.append(ClockFact(.thawed, at: at))
                isFrozen = false
                continue
            }
            switch below(6) {
            case 0:
                facts.append(ClockFact(.frozen, at: at))
                isFrozen = true
            case 1, 2:
                let other = limits("2h", texts[Int(below(5))])
                let reported = at - Span(milliseconds: below(900_000_000))
                let taken = MergeRules.taken(
                    ClockRules.clocks(other, [ClockFact(.reported, at: reported)], timing, at: at),
                    by: ClockRules.clocks(own, facts, timing, at: at), at: .collected)
                facts += taken.map { ClockFact(.took($0), at: at) }
            case 3: facts.append(ClockFact(.paused(until: at + .days(below(9))), at: at))
            case 4: facts.append(ClockFact(.resumed, at: at))
            default:
                facts.append(ClockFact(.handled, at: at))
                isOpen = false
            }
        }
        let clocks = ClockRules.clocks(own, facts, timing, at: at + .days(20))
        for clock in clocks {
            #expect(clock.used.milliseconds >= 0 && clock.budget.milliseconds > 0, "\(seed)")
            #expect(clock.used.milliseconds + clock.left.milliseconds == clock.budget.milliseconds, "\(seed)")
        }
        let keys = clocks.flatMap(\.marks).map(\.key)
        #expect(Set(keys).count == keys.count, "a mark comes once (\(seed))")
    }
}
