package import Kernel

/// On which day of a month the environment day falls (F55, domain.md §2.8b). Pure.
package enum EnvironmentDayRules {
    /// Why the third Saturday will not do. The raw value is the last part of its word's key.
    package enum Collision: String, Sendable, Hashable, CaseIterable {
        /// It lies in a statutory holiday, when families are away or together.
        case holiday
        /// It is worked in place of another day 调休.
        case workday
    }

    package struct Proposal: Sendable, Hashable {
        package let third: Day
        /// The third Saturday itself when nothing collides.
        package let day: Day
        package let collision: Collision?
        /// What the calendar calls it: 春节.
        package let name: String?
        /// Whether the holidays of the year have been announced yet.
        package let isKnown: Bool
    }

    package static func thirdSaturday(of month: MonthKey) -> Day {
        let first = month.first
        return first.adding(days: (6 - first.weekday + 7) % 7 + 14)
    }

    /// The third Saturday; when it collides, another day of the same month that does not: the later Saturdays first, then the earlier
    /// ones, the nearest before the first, then the Sundays in the same order. A person confirms it.
    package static func proposal(for month: MonthKey, _ calendar: WorkingCalendar) -> Proposal {
        let third = thirdSaturday(of: month)
        let collision = collision(on: third, calendar)
        let saturdays = [7, 14, -7, -14].map { third.adding(days: $0) }
        let sundays = [1, 8, -6, -13, 15].map { third.adding(days: $0) }
        let day =
            collision == nil
            ? third
            : (saturdays + sundays).first { MonthKey($0) == month && self.collision(on: $0, calendar) == nil } ?? third
        return Proposal(
            third: third, day: day, collision: collision, name: collision == nil ? nil : calendar.mark(on: third)?.name,
            isKnown: calendar.isKnown(month.year))
    }

    package static func collision(on day: Day, _ calendar: WorkingCalendar) -> Collision? {
        if calendar.holiday(on: day) != nil { return .holiday }
        return calendar.isWorkday(day) ? .workday : nil
    }
}
