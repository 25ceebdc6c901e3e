import Kernel
import Testing

@testable import Matters

/// A moment on the clock of China.
func moment(_ text: String) -> Instant {
    Instant(rfc3339: text.replacing(" ", with: "T") + ":00+08:00") ?? Instant(milliseconds: 0)
}

struct TimeLimitTests {
    @Test(arguments: [
        ("4h", 40, TimeLimit.Unit.workingHours), ("3d", 30, .workingDays), ("24U", 240, .hours), ("0.5U", 5, .hours),
        ("999h", 9990, .workingHours),
    ])
    func `reads limits as the taxonomy writes them`(_ text: String, _ tenths: Int, _ unit: TimeLimit.Unit) throws {
        let limit = try #require(TimeLimit(text))
        #expect(limit.tenths == tenths && limit.unit == unit && limit.description == text)
    }

    @Test(arguments: ["", "h", "0h", "4", "4H", "-4h", "+4h", "4.h", ".5U", "0.55U", "1.5d", "1000h", "４h", "4 h", "4hh"])
    func `refuses everything else`(_ text: String) { #expect(TimeLimit(text) == nil) }

    @Test(arguments: [
        ("08:00-12:00 14:30-17:30", 420), ("8:00–12:00  13:00–17:00", 480), ("00:00-24:00", 1440), ("09:00-09:01", 1),
    ])
    func `reads working hours`(_ text: String, _ minutes: Int64) throws {
        #expect(try #require(WorkingHours(text)).length == .minutes(minutes))
    }

    @Test(arguments: [
        "", "08:00", "12:00-08:00", "08:00-08:00", "08:00-12:00 11:00-13:00", "08:00-12:00 12:00-13:00", "08:00-24:01", "8-12",
        "14:30-17:30 08:00-12:00", "08:60-09:00", "a:00-b:00", "1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00",
    ])
    func `refuses hours that are none`(_ text: String) { #expect(WorkingHours(text) == nil) }
}

struct ClockTimingTests {
    private let timing = ClockTiming(calendar: .shipped)

    @Test(arguments: [
        // Working hours: within the morning, over noon, over night, over a weekend, from outside.
        ("2026-03-02 09:00", "2h", "2026-03-02 11:00"), ("2026-03-02 09:00", "4h", "2026-03-02 15:30"),
        ("2026-03-02 16:30", "2h", "2026-03-03 09:00"), ("2026-03-06 17:00", "1h", "2026-03-09 08:30"),
        ("2026-03-07 10:00", "4h", "2026-03-09 12:00"), ("2026-03-02 12:00", "1h", "2026-03-02 15:30"),
        ("2026-03-02 09:00", "3h", "2026-03-02 12:00"),
        // Working days: the first day does not count, the last ends with business.
        ("2026-03-02 09:00", "1d", "2026-03-03 17:30"), ("2026-03-02 23:59", "1d", "2026-03-03 17:30"),
        ("2026-03-02 00:00", "3d", "2026-03-05 17:30"), ("2026-03-07 10:00", "1d", "2026-03-09 17:30"),
        // Spring Festival 2026: 14 and 28 February are worked, 15 to 23 are off.
        ("2026-02-13 10:00", "1d", "2026-02-14 17:30"), ("2026-02-14 16:30", "4h", "2026-02-24 11:00"),
        ("2026-02-14 10:00", "3d", "2026-02-26 17:30"), ("2026-02-26 10:00", "2d", "2026-02-28 17:30"),
        // Day and night.
        ("2026-02-14 16:30", "24U", "2026-02-15 16:30"), ("2026-03-07 23:45", "0.5U", "2026-03-08 00:15"),
    ])
    func `knows when a limit ends`(_ start: String, _ text: String, _ end: String) throws {
        let limit = try #require(TimeLimit(text))
        let start = moment(start)
        let budget = timing.budget(limit, from: start)
        #expect(timing.moment(limit.isAroundTheClock, after: budget, from: start) == moment(end))
        #expect(timing.counted(limit.isAroundTheClock, from: start, to: moment(end)) == budget)
    }

    @Test func `counts every millisecond once`() {
        let (start, noon) = (moment("2026-03-02 11:59"), moment("2026-03-02 12:00"))
        #expect(timing.counted(false, from: start, to: noon - Span(milliseconds: 1)) == Span(milliseconds: 59_999))
        #expect(timing.counted(false, from: start, to: noon + .hours(2)) == .minutes(1))
        #expect(timing.counted(false, from: noon, to: start) == .seconds(0))
        #expect(
            timing.moment(false, after: Span(milliseconds: 60_001), from: start) == moment("2026-03-02 14:30")
                + Span(milliseconds: 1))
        #expect(timing.moment(false, after: .seconds(0), from: noon) == noon)
    }
}

struct ClockRulesTests {
    private let timing = ClockTiming(calendar: .shipped)
    private let limits = ClockLimits(respond: TimeLimit("4h"), finish: TimeLimit("3d"), followUp: .twoDays)

    private func clocks(_ facts: [(String, ClockFact.Kind)], at now: String) -> [MatterClock] {
        ClockRules.clocks(limits, facts.map { ClockFact($1, at: moment($0)) }, timing, at: moment(now))
    }

    private func finish(_ facts: [(String, ClockFact.Kind)], at now: String) throws -> MatterClock {
        try #require(clocks(facts, at: now).last { $0.kind == .finish })
    }

    @Test func `runs the first response, the work and the follow-up`() throws {
        let facts: [(String, ClockFact.Kind)] = [
            ("2026-03-02 09:00", .reported), ("2026-03-02 15:30", .responded), ("2026-03-05 17:31", .handled),
        ]
        let clocks = clocks(facts, at: "2026-03-06 09:00")
        #expect(clocks.map(\.kind) == [.respond, .finish, .followUp])
        #expect(clocks[0].due == moment("2026-03-02 15:30") && !clocks[0].isBreached, "the last moment is in time")
        #expect(clocks[1].due == moment("2026-03-05 17:30") && clocks[1].isBreached, "one minute late")
        #expect(clocks[1].marks.map(\.kind) == [.warning, .breach])
        #expect(clocks[2].due == moment("2026-03-09 17:30") && clocks[2].state == .running(since: moment("2026-03-06 09:00")))
    }

    @Test func `a pause does not count and ends by itself`() throws {
        // Four hours and a half of the three days are used when it stops, on Monday at 15:30.
        let paused: [(String, ClockFact.Kind)] = [
            ("2026-03-02 09:00", .reported), ("2026-03-02 15:30", .paused(until: moment("2026-03-09 00:00"))),
        ]
        let before = try finish(paused, at: "2026-03-04 12:00")
        #expect(before.isPaused && before.used == .hours(4))
        // Two hours were left of Monday, and three days: from Monday the 9th on that is Thursday 10:00.
        #expect(before.due == moment("2026-03-12 10:00"))
        let after = try finish(paused, at: "2026-03-09 09:00")
        #expect(!after.isPaused && after.used == .hours(5) && after.due == before.due)
        #expect(after.marks.first?.kind == .resumed && after.marks.first?.at == moment("2026-03-09 00:00"))
        let early = try finish(paused + [("2026-03-03 08:00", .resumed)], at: "2026-03-03 09:00")
        #expect(early.due == moment("2026-03-06 10:00"))
        #expect(early.marks.allSatisfy { $0.kind != .resumed })
    }

    @Test func `on the ledger there is no deadline but a review`() throws {
        let shelved: [(String, ClockFact.Kind)] = [
            ("2026-03-02 09:00", .reported), ("2026-03-03 09:00", .shelved(review: moment("2026-06-01 00:00"))),
        ]
        let clock = try finish(shelved, at: "2026-05-01 09:00")
        #expect(clock.due == nil && clock.marks.map(\.kind) == [.review])
        let again = try finish(
            shelved + [("2026-06-01 10:00", .shelved(review: moment("2026-12-01 00:00")))], at: "2026-07-01 09:00")
        #expect(again.marks.map(\.kind) == [.review, .review] && Set(again.marks.map(\.key)).count == 2)
        let taken = try finish(shelved + [("2026-05-04 08:00", .resumed)], at: "2026-05-06 08:00")
        #expect(taken.marks.allSatisfy { $0.kind != .review } && taken.due != nil)
    }

    @Test func `an extension adds time, from now on when it comes late`() throws {
        let two = try #require(TimeLimit("2d"))
        let inTime = try finish(
            [("2026-03-02 09:00", .reported), ("2026-03-04 09:00", .extended(two))], at: "2026-03-04 10:00")
        #expect(inTime.due == moment("2026-03-09 17:30") && inTime.extensions == 1)
        let late = try finish([("2026-03-02 09:00", .reported), ("2026-03-06 08:00", .extended(two))], at: "2026-03-12 08:00")
        #expect(late.marks.map(\.key) == ["finish.1.0.warning", "finish.1.0.breach", "finish.1.1.warning", "finish.1.1.breach"])
        #expect(late.marks.map(\.at).last == moment("2026-03-09 17:30"))
    }

    @Test func `a matter opened again goes on with what was left, and has at least a day`() throws {
        let facts: [(String, ClockFact.Kind)] = [
            ("2026-03-02 09:00", .reported), ("2026-03-03 08:00", .handled), ("2026-03-04 10:00", .reopened),
        ]
        // Three days less nothing of them and the rest of Monday: Tuesday to Thursday are left in full.
        let second = try finish(facts, at: "2026-03-04 10:00")
        #expect(second.round == 2 && second.left == .hours(21) && second.due == moment("2026-03-09 10:00"))
        let late: [(String, ClockFact.Kind)] = [
            ("2026-03-02 09:00", .reported), ("2026-03-20 08:00", .handled), ("2026-03-23 08:00", .reopened),
        ]
        let reworked = clocks(late, at: "2026-03-24 08:00").filter { $0.kind == .finish }
        #expect(reworked.map(\.isBreached) == [true, true] && reworked[1].due == moment("2026-03-23 17:30"))
        #expect(reworked.flatMap(\.marks).map(\.key).count == Set(reworked.flatMap(\.marks).map(\.key)).count)
    }

    @Test func `without limits nothing runs`() {
        let none = ClockLimits(respond: nil, finish: nil, followUp: nil)
        #expect(ClockRules.clocks(none, [ClockFact(.reported, at: moment("2026-03-02 09:00"))], timing, at: .testNoon).isEmpty)
    }
}

extension Instant {
    fileprivate static let testNoon = moment("2026-03-02 12:00")
}
