package import Kernel

/// Which years the office must enter. 放假安排
package enum CalendarRules {
    /// The notice for a year comes out around the end of October; from then on the next year is wanted.
    static let monthOfTheNotice = 11

    /// Years whose days off are needed on `today` and not entered completely.
    package static func missing(in calendar: WorkingCalendar, on today: Day) -> [Int] {
        let wanted = today.month >= monthOfTheNotice ? [today.year, today.year + 1] : [today.year]
        return wanted.filter { !calendar.isKnown($0) }
    }
}
