package import Kernel

/// What clocks are measured with: the town's working calendar, its hours, and when a warning comes before the end.
package struct ClockTiming: Hashable, Sendable {
    package let calendar: WorkingCalendar
    package let hours: WorkingHours
    /// A warning comes when so much of the time is used, in percent.
    package let warnPercent: Int64

    package init(calendar: WorkingCalendar, hours: WorkingHours = .standard, warnPercent: Int64 = 75) {
        self.calendar = calendar
        self.hours = hours
        self.warnPercent = warnPercent
    }

    /// How much time counts from `start` to `end`, to the millisecond; nothing when `end` is not later.
    package func counted(_ aroundTheClock: Bool, from start: Instant, to end: Instant) -> Span {
        guard start < end else { return .seconds(0) }
        guard !aroundTheClock else { return end - start }
        var total: Int64 = 0
        for ordinal in Self.ordinal(start)...Self.ordinal(end) {
            for span in spans(on: ordinal) {
                total += max(0, min(span.upperBound, end).milliseconds - max(span.lowerBound, start).milliseconds)
            }
        }
        return Span(milliseconds: total)
    }

    /// The first moment at which `span` has counted since `start`; `start` itself for nothing.
    package func moment(_ aroundTheClock: Bool, after span: Span, from start: Instant) -> Instant {
        var left = span.milliseconds
        guard left > 0 else { return start }
        guard !aroundTheClock else { return start + span }
        // Weekdays beyond the calendar's data are worked and a day has working hours, so this ends.
        for ordinal in Self.ordinal(start)... {
            for hours in spans(on: ordinal) where start < hours.upperBound {
                let from = max(hours.lowerBound, start)
                let length = (hours.upperBound - from).milliseconds
                if left <= length { return from + Span(milliseconds: left) }
                left -= length
            }
        }
        return start
    }

    /// How much may count for a limit that begins at `start`.
    ///
    /// Working days are counted as the Civil Code counts days (art. 201, 203): the day of the beginning is not counted, and the last one
    /// ends when business ends.
    package func budget(_ limit: TimeLimit, from start: Instant) -> Span {
        guard limit.unit == .workingDays else { return length(of: limit) }
        let last = calendar.workday(limit.tenths / 10, after: Day(ordinal: Self.ordinal(start))).ordinal
        return counted(false, from: start, to: Self.midnight(last) + .minutes(Int64(hours.spans.last?.upperBound ?? 0)))
    }

    /// How much counting time a limit stands for by itself, such as an extension: a working day is all its hours.
    package func length(of limit: TimeLimit) -> Span {
        switch limit.unit {
        case .hours, .workingHours: Span(milliseconds: Int64(limit.tenths) * 360_000)
        case .workingDays: Span(milliseconds: hours.length.milliseconds * Int64(limit.tenths / 10))
        }
    }

    private func spans(on ordinal: Int) -> [Range<Instant>] {
        guard calendar.isWorkday(Day(ordinal: ordinal)) else { return [] }
        let midnight = Self.midnight(ordinal)
        return hours.spans.map { midnight + .minutes(Int64($0.lowerBound))..<midnight + .minutes(Int64($0.upperBound)) }
    }

    // All matters are of days since China gave summer time up in 1991, so its clocks are eight hours ahead; asking the zone for
    // every day of every clock would cost more than everything else here.
    private static let ahead = Span.hours(8)
    private static let day: Int64 = 86_400_000

    private static func midnight(_ ordinal: Int) -> Instant { Instant(milliseconds: Int64(ordinal) * day) - ahead }

    private static func ordinal(_ moment: Instant) -> Int {
        let local = (moment + ahead).milliseconds
        return Int(local >= 0 ? local / day : (local - day + 1) / day)
    }
}
