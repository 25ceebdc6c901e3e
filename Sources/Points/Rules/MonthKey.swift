package import Kernel
package import Storage

/// A month of the calendar. Stored and written as `2026-11`.
package struct MonthKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int

    package init(_ day: Day) { (year, month) = (day.year, day.month) }

    /// Reads `YYYY-MM`; nil for anything else.
    package init?(_ text: String) {
        guard let day = Day("\(text)-01") else { return nil }
        self.init(day)
    }

    package var first: Day { Day(year: year, month: month, day: 1) ?? Day(ordinal: 0) }
    package var last: Day { first.adding(days: Day.length(ofMonth: month, year: year) - 1) }
    package var next: MonthKey { MonthKey(last.adding(days: 1)) }
    package var previous: MonthKey { MonthKey(first.adding(days: -1)) }

    package var description: String { String(first.description.prefix(7)) }

    package static func < (left: Self, right: Self) -> Bool { (left.year, left.month) < (right.year, right.month) }
}

extension MonthKey: SQLValue {
    package var stored: StoredValue { .text(description) }
    package init?(stored: StoredValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}
