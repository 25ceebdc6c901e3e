import Kernel
import TestSupport
import Testing

@testable import Matters

/// Many random lives of a matter: whatever is paused, extended, opened again or changed in the calendar, no time is lost or counted twice.
struct ClockPropertyTests {
    private struct Dice {
        let numbers: SeededNumbers
        func below(_ count: Int) -> Int { Int(numbers.next() % UInt64(count)) }
        func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
    }

    private static let limits = ["2h", "4h", "1d", "3d", "15d", "0.5U", "1U", "24U"].compactMap { TimeLimit($0) }

    /// A calendar with up to a dozen days turned round.
    private func calendar(_ dice: Dice) -> WorkingCalendar {
        var marks = WorkingCalendar.shipped.years[2026]?.marks ?? [:]
        for _ in 0..<dice.below(12) {
            guard let day = Day(year: 2026, month: 1 + dice.below(12), day: 1 + dice.below(28)) else { continue }
            marks[day] = .init(isWorkday: dice.below(2) == 0, name: "镇里")
        }
        return WorkingCalendar.shipped.replacing([2026: .init(edition: 1, notice: nil, isComplete: true, marks: marks)])
    }

    /// What might happen, in order of time, some of it senseless: a pause while paused, a resumption of nothing.
    private func facts(_ dice: Dice, from start: Instant, extensions: [TimeLimit]) -> [ClockFact] {
        var (facts, at, isHandled) = ([ClockFact(.reported, at: start)], start, false)
        for _ in 0..<dice.below(14) {
            at = at + Span(milliseconds: Int64(dice.below(dice.pick([60_000, 5_000_000, 400_000_000]))))
            if isHandled {
                let isDone = dice.below(4) == 0
                facts.append(ClockFact(isDone ? .closed : .reopened, at: at))
                if isDone { break }
                isHandled = false
                continue
            }
            switch dice.below(7) {
            case 0: facts.append(ClockFact(.responded, at: at))
            case 1: facts.append(ClockFact(.paused(until: at + Span(milliseconds: Int64(dice.below(900_000_000)))), at: at))
            case 2: facts.append(ClockFact(.shelved(review: at + .days(Int64(dice.below(40)))), at: at))
            case 3, 4: facts.append(ClockFact(.resumed, at: at))
            case 5: facts.append(ClockFact(.extended(dice.pick(extensions)), at: at))
            default:
                facts.append(ClockFact(.handled, at: at))
                isHandled = true
            }
        }
        return facts
    }

    /// What counts, told in another way: stretch by stretch, from what the facts say about the stretch.
    private func counted(_ facts: [ClockFact], round: Int, _ clock: MatterClock, _ timing: ClockTiming, to end: Instant) -> Int64
    {
        var (total, current, since, until) = (Int64(0), 0, Instant?.none, Instant?.none)
        func add(_ to: Instant) {
            var from = since
            if from == nil, let until, until <= to { from = until }
            if let from, current == round {
                total += timing.counted(clock.limit.isAroundTheClock, from: from, to: to).milliseconds
            }
        }
        var isStopped = true
        for fact in facts + [ClockFact(.closed, at: end)] {
            if !isStopped { add(fact.at) }
            if since == nil, let passed = until, passed <= fact.at { (since, until) = (fact.at, nil) }
            if since != nil { since = fact.at }
            switch fact.kind {
            case .reported, .reopened: (since, until, isStopped, current) = (fact.at, nil, false, current + 1)
            case .handled, .closed: (since, until, isStopped) = (nil, nil, true)
            case .paused(let end) where !isStopped && fact.at < end: (since, until) = (nil, end)
            case .shelved where !isStopped: (since, until) = (nil, nil)
            case .resumed where !isStopped && since == nil: (since, until) = (fact.at, nil)
            default: break
            }
        }
        return total
    }

    @Test(arguments: 0..<8) func `no sequence loses time or counts it twice`(_ seed: UInt64) {
        for turn in 0..<400 {
            let dice = Dice(numbers: SeededNumbers(seed: seed * 1000 + UInt64(turn)))
            let timing = ClockTiming(
                calendar: calendar(dice), hours: dice.pick([.standard, WorkingHours("00:00-24:00") ?? .standard]))
            let finish = dice.pick(Self.limits)
            let extensions = Self.limits.filter { $0.isAroundTheClock == finish.isAroundTheClock }
            let start = moment("2026-01-01 00:00") + Span(milliseconds: Int64(dice.below(20_000_000_000)))
            let facts = facts(dice, from: start, extensions: extensions)
            let last = facts.map(\.at).max() ?? start
            let now = last + Span(milliseconds: Int64(dice.below(3_000_000_000)))
            let limits = ClockLimits(respond: TimeLimit("4h"), finish: finish, followUp: .twoDays)
            let clocks = ClockRules.clocks(limits, facts, timing, at: now)
            for clock in clocks where clock.kind == .finish {
                let end = if case .stopped(let at) = clock.state { at } else { now }
                #expect(clock.used.milliseconds == counted(facts, round: clock.round, clock, timing, to: end), "\(seed) \(turn)")
                #expect(clock.used.milliseconds >= 0 && clock.budget.milliseconds > 0)
                #expect(clock.used.milliseconds + clock.left.milliseconds == clock.budget.milliseconds)
            }
            for clock in clocks {
                if let due = clock.due, !clock.isStopped { #expect(clock.start <= due) }
                #expect(clock.marks.allSatisfy { clock.start <= $0.at })
                #expect(clock.marks.filter { $0.kind == .breach }.count <= clock.extensions + 1)
            }
            let keys = clocks.flatMap(\.marks).map(\.key)
            #expect(keys.count == Set(keys).count, "a mark comes twice")
        }
    }

    @Test(arguments: 0..<8) func `it does not matter when anybody looks`(_ seed: UInt64) {
        for turn in 0..<200 {
            let dice = Dice(numbers: SeededNumbers(seed: 77_000 + seed * 1000 + UInt64(turn)))
            let timing = ClockTiming(calendar: calendar(dice))
            let finish = dice.pick(Self.limits)
            let extensions = Self.limits.filter { $0.isAroundTheClock == finish.isAroundTheClock }
            let start = moment("2026-01-01 00:00") + Span(milliseconds: Int64(dice.below(20_000_000_000)))
            let facts = facts(dice, from: start, extensions: extensions)
            let end = (facts.map(\.at).max() ?? start) + .days(40)
            let limits = ClockLimits(respond: TimeLimit("4h"), finish: finish, followUp: .twoDays)
            func marks(at now: Instant) -> Set<ClockMark> {
                // Whoever looks then knows nothing of what comes later.
                let known = facts.filter { $0.at <= now }
                return Set(ClockRules.clocks(limits, known, timing, at: now).flatMap(\.marks).filter { $0.at < now })
            }
            let atOnce = marks(at: end)
            var (seen, at) = (Set<ClockMark>(), start)
            while at < end {
                seen.formUnion(marks(at: at))
                at = at + Span(milliseconds: 1 + Int64(dice.below(300_000_000)))
            }
            seen.formUnion(marks(at: end))
            #expect(seen == atOnce, "\(seed) \(turn)")
        }
    }

    @Test(arguments: 0..<4) func `a change of the calendar takes nothing back that is written down`(_ seed: UInt64) throws {
        for turn in 0..<100 {
            let dice = Dice(numbers: SeededNumbers(seed: 99_000 + seed * 1000 + UInt64(turn)))
            let (before, after) = (ClockTiming(calendar: calendar(dice)), ClockTiming(calendar: calendar(dice)))
            let start = moment("2026-01-01 00:00") + Span(milliseconds: Int64(dice.below(20_000_000_000)))
            let finish = try #require(TimeLimit(dice.pick(["4h", "3d", "15d"])))
            let facts = facts(dice, from: start, extensions: [finish])
            let now = (facts.map(\.at).max() ?? start) + .days(Int64(dice.below(30)))
            let limits = ClockLimits(respond: TimeLimit("4h"), finish: finish, followUp: .twoDays)
            let recorded = Set(
                ClockRules.clocks(limits, facts, before, at: now).flatMap(\.marks).filter { $0.at < now }.map(\.key))
            let anew = ClockRules.clocks(limits, facts, after, at: now)
            let standing = ClockStanding(limits, anew, recorded: recorded, breaches: 0, isOpen: true)
            // What comes next is something new, never a mark that was there.
            let coming = anew.flatMap(\.marks).filter { !recorded.contains($0.key) }
            #expect(standing.check == coming.map(\.at).min() ?? ClockStanding.never)
            for clock in anew { #expect(clock.used.milliseconds >= 0 && clock.left.milliseconds <= clock.budget.milliseconds) }
        }
    }
}
