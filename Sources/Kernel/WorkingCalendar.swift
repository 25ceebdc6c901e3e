/// Which days are worked: Monday to Friday, less the days off that the State Council announces, plus the Saturdays and Sundays
/// worked in their place 调休. A pure value, read from data that a town may change.
///
/// A year that nobody has announced yet is worked out from its weekends alone; ``isKnown(_:)`` tells, so that no page shows a guess
/// as if it were the law. 工作日历
package struct WorkingCalendar: Hashable, Sendable {
    /// A day that is not what its day of the week would be, or that has a name.
    package struct Mark: Hashable, Sendable {
        package let isWorkday: Bool
        /// The holiday it is, or for which it makes up, as the notice calls it: 春节.
        package let name: String

        package init(isWorkday: Bool, name: String) {
            self.isWorkday = isWorkday
            self.name = name
        }
    }

    /// The marked days of one year.
    package struct Year: Hashable, Sendable {
        /// 0 as the product ships it; counts the town's own changes from 1.
        package let edition: Int
        /// The State Council's notice, while the edition is the shipped one.
        package let notice: String?
        /// False while the office has begun to enter a year and not declared it complete.
        package let isComplete: Bool
        package let marks: [Day: Mark]

        package init(edition: Int, notice: String?, isComplete: Bool, marks: [Day: Mark]) {
            self.edition = edition
            self.notice = notice
            self.isComplete = isComplete
            self.marks = marks
        }
    }

    package let years: [Int: Year]

    package init(years: [Int: Year] = [:]) { self.years = years }

    /// The same with some years replaced.
    package func replacing(_ others: [Int: Year]) -> Self { Self(years: years.merging(others) { _, other in other }) }

    /// Whether the year's days off have been announced and entered completely.
    package func isKnown(_ year: Int) -> Bool { years[year]?.isComplete ?? false }

    package func mark(on day: Day) -> Mark? { years[day.year]?.marks[day] }

    package func isWorkday(_ day: Day) -> Bool { mark(on: day)?.isWorkday ?? (day.weekday <= 5) }

    /// The holiday that gives `day` off; nil on workdays and plain weekends.
    package func holiday(on day: Day) -> String? { mark(on: day).flatMap { $0.isWorkday ? nil : $0.name } }

    /// The first workday after `day`, never `day` itself.
    package func workday(after day: Day) -> Day { seek(from: day, step: 1) }

    /// The last workday before `day`, never `day` itself.
    package func workday(before day: Day) -> Day { seek(from: day, step: -1) }

    /// The `count`-th workday after `day`; `day` itself for 0 and below.
    package func workday(_ count: Int, after day: Day) -> Day {
        var day = day
        for _ in 0..<max(0, count) { day = workday(after: day) }
        return day
    }

    /// How many of the days are workdays; both ends count.
    package func workdays(in days: ClosedRange<Day>) -> Int {
        (days.lowerBound.ordinal...days.upperBound.ordinal).count { isWorkday(Day(ordinal: $0)) }
    }

    /// A year has marks for at most 366 days and the years beyond the data have weekdays, so this ends.
    private func seek(from day: Day, step: Int) -> Day {
        var day = day.adding(days: step)
        while !isWorkday(day) { day = day.adding(days: step) }
        return day
    }
}
