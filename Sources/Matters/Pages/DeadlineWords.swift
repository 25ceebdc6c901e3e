import Kernel
import Web

extension Wording {
    /// By when the next thing is to be done, in a few words: `超期 2 天`, `今天 17:30 到期`, `3月5日 17:30 到期`; nil without a deadline.
    func deadline(_ clock: ClockStanding, at now: Instant) -> String? {
        switch clock.state {
        case .idle: return nil
        case .shelved: return call.text("matters.due.shelved", ["day": day(clock.due)])
        case .paused: return call.text(clock.isLate(at: now) ? "matters.due.paused-late" : "matters.due.paused")
        case .running: break
        }
        guard clock.hasDeadline else { return nil }
        if clock.isLate(at: now) { return call.text("matters.due.late", ["span": span(now - clock.due)]) }
        return call.text(
            clock.due.day() == now.day() ? "matters.due.today" : "matters.due.at",
            ["when": short(clock.due), "clock": time(clock.due)])
    }

    /// A length of time on the wall clock: minutes below an hour, hours below two days, then days.
    func span(_ span: Span) -> String {
        let minutes = max(0, span.milliseconds / 60_000)
        let (key, count) =
            minutes < 60 ? ("minutes", max(1, minutes)) : minutes < 2880 ? ("hours", minutes / 60) : ("days", minutes / 1440)
        return call.text("matters.span.\(key)", ["count": String(count)])
    }

    /// Counting time, in hours and minutes, as the clocks have it to the millisecond.
    func counted(_ span: Span) -> String {
        let minutes = abs(span.milliseconds) / 60_000
        return call.text("matters.span.counted", ["hours": String(minutes / 60), "minutes": String(minutes % 60)])
    }

    func limit(_ limit: TimeLimit) -> String { self.limit(limit.description)?.trimmed ?? limit.description }

    /// `3月5日`.
    func day(_ at: Instant) -> String { call.text("matters.when.day", parts(at)) }

    private func time(_ at: Instant) -> String { parts(at)["clock"] ?? "" }
}

/// One clock as the matter's page shows it: what it says, and how that was worked out.
struct ClockPart: Sendable {
    let label: String
    let limit: String
    let state: String
    let stateClass: String
    let due: String?
    let used: String
    let basis: String

    init(_ clock: MatterClock, _ town: TownTiming, _ wording: Wording, at now: Instant) {
        let call = wording.call
        let name = call.text("matters.clock.\(clock.kind.rawValue)")
        label = clock.round > 1 ? call.text("matters.clock.round", ["name": name, "round": String(clock.round)]) : name
        limit = wording.limit(clock.limit)
        let key = Self.key(clock)
        state = call.text("matters.clock.state.\(key)", ["until": Self.until(clock, wording)])
        stateClass = ["late", "stopped-late"].contains(key) ? "red" : key == "paused" || key == "shelved" ? "amber" : "line"
        due = clock.due.map { call.text("matters.clock.due", ["when": wording.long($0)]) }
        used = call.text(
            clock.left.milliseconds < 0 ? "matters.clock.over" : "matters.clock.used",
            ["used": wording.counted(clock.used), "left": wording.counted(clock.left), "budget": wording.counted(clock.budget)])
        basis = Self.basis(clock, town, wording)
    }

    private static func key(_ clock: MatterClock) -> String {
        switch clock.state {
        case .stopped: clock.isBreached ? "stopped-late" : "stopped"
        case .paused(_, nil): "shelved"
        case .paused: "paused"
        case .running: clock.isBreached ? "late" : "running"
        }
    }

    private static func until(_ clock: MatterClock, _ wording: Wording) -> String {
        switch clock.state {
        case .paused(_, let until?): wording.day(until)
        case .paused: clock.marks.last { $0.kind == .review }.map { wording.day($0.at) } ?? ""
        case .stopped(let at): wording.short(at)
        case .running: ""
        }
    }

    /// Which limit, which hours and which edition of the calendar (design.md rule 8).
    private static func basis(_ clock: MatterClock, _ town: TownTiming, _ wording: Wording) -> String {
        let call = wording.call
        guard !clock.limit.isAroundTheClock else { return call.text("matters.clock.basis.around") }
        let years = Set([clock.start.day().year, (clock.due ?? clock.start).day().year]).sorted()
        let editions = years.map { year -> String in
            let known = town.calendar.years[year]
            let key = town.calendar.isKnown(year) ? known?.notice == nil ? "town" : "notice" : "unknown"
            return call.text(
                "matters.clock.calendar.\(key)",
                ["year": String(year), "notice": known?.notice ?? "", "edition": String(known?.edition ?? 0)])
        }.joined(separator: call.language == .zh ? "；" : "; ")
        let key = clock.limit.unit == .workingDays ? "days" : "hours"
        return call.text("matters.clock.basis.\(key)", ["hours": town.setting.hours.description, "calendar": editions])
    }
}
