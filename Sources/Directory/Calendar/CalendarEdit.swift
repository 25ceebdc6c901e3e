package import Kernel

/// A change of some neighbouring days of the working calendar, or the word that a year is complete.
package struct CalendarEdit: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// 放假.
        case off
        /// 调休上班.
        case work
        /// As the day of the week has it.
        case plain
    }

    package let first: Day
    package let last: Day
    package let kind: Kind
    /// The holiday; for a day worked, the holiday it makes up for. Empty for plain days.
    package let name: String

    package init(first: Day, last: Day, kind: Kind, name: String) {
        self.first = first
        self.last = last
        self.kind = kind
        self.name = name.trimmed
    }

    /// The longest holiday a notice has given is ten days; whoever types a year too much should be told.
    static let mostDays = 31
    /// The years that can be edited on `today`: from the first shipped one to the next but one.
    package static func years(on today: Day) -> ClosedRange<Int> { 2018...max(2027, today.year + 2) }

    package func faults(on today: Day) -> [Fault] {
        var validation = Validation()
        validation.check(first <= last, at: "/last", "before-start")
        validation.check(first.year == last.year, at: "/last", "two-years")
        validation.check(
            last.ordinal - first.ordinal < Self.mostDays, at: "/last", "too-many-days", ["limit": String(Self.mostDays)])
        let years = Self.years(on: today)
        validation.check(
            years.contains(first.year), at: "/first", "year-out-of-range",
            ["first": String(years.lowerBound), "last": String(years.upperBound)])
        _ = validation.text(name, at: "/name", limit: 20, required: kind != .plain)
        return validation.faults
    }

    /// The year with this change in it, an edition further.
    package func applied(to year: WorkingCalendar.Year?) -> WorkingCalendar.Year {
        var marks = year?.marks ?? [:]
        for ordinal in first.ordinal...max(first.ordinal, last.ordinal) {
            let day = Day(ordinal: ordinal)
            marks[day] = kind == .plain ? nil : WorkingCalendar.Mark(isWorkday: kind == .work, name: name)
        }
        return WorkingCalendar.Year(
            edition: (year?.edition ?? 0) + 1, notice: nil, isComplete: year?.isComplete ?? false, marks: marks)
    }
}
