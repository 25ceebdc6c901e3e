import Kernel
import Web

/// A year of the working calendar, month by month, with the forms that change it.
struct CalendarPage: Page {
    static let template = "directory-calendar"

    struct Cell: Sendable {
        /// Empty before the first and after the last of the month.
        let day: String
        /// 休 or 班; nil on a day like any other.
        let sign: String?
        let name: String?
        let colour: String?
    }
    struct Week: Sendable {
        let cells: [Cell]
    }
    struct Month: Sendable {
        let name: String
        let weeks: [Week]
    }
    struct Line: Sendable {
        let at: String
        let act: String
        let post: String
    }

    let heading: String
    let source: String
    let workdays: String
    /// What is missing: this year, or one that begins soon.
    let missing: [String]
    let years: [YearPart]
    let weekdays: [String]
    let months: [Month]
    let mayEdit: Bool
    let mayComplete: Bool
    let request: String
    let completionRequest: String
    let year: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let first: String
    let last: String
    let name: String
    let kinds: [ChoicePart]
    let events: [Line]

    struct YearPart: Sendable {
        let href: String
        let name: String
        let chosen: Bool
    }

    init(
        _ call: Call, year number: Int, calendar: WorkingCalendar, today: Day, events: [DirectoryEvent], mayEdit: Bool,
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        let entered = calendar.years[number]
        heading = call.text("directory.calendar.heading", ["year": String(number)])
        source = Self.source(entered, call)
        let days = Self.days(of: number)
        workdays = call.text(
            "directory.calendar.workdays", ["count": days.map { String(calendar.workdays(in: $0)) } ?? "0"])
        missing = CalendarRules.missing(in: calendar, on: today).map {
            call.text("directory.calendar.missing", ["year": String($0)])
        }
        years = CalendarEdit.years(on: today).map {
            YearPart(href: DirectoryPath.calendar($0), name: String($0), chosen: $0 == number)
        }
        weekdays = (1...7).map { call.text("directory.calendar.weekday.\($0)") }
        months = (1...12).map { Self.month($0, of: number, calendar, call) }
        self.mayEdit = mayEdit
        mayComplete = mayEdit && entered?.isComplete == false
        request = call.freshRequest
        completionRequest = call.newRequest
        year = String(number)
        self.faults = shown.lines
        fault = shown.byField
        (first, last, name) = (call.sent("first"), call.sent("last"), call.sent("name"))
        let kind = CalendarEdit.Kind(rawValue: call.sent("kind"))
        kinds = CalendarEdit.Kind.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.calendar.kind.\($0.rawValue)"), chosen: $0 == kind)
        }
        self.events = events.map { Line(at: $0.at.stamp(), act: Self.words($0, call), post: call.posts($0.post ?? "")) }
    }

    private static func source(_ year: WorkingCalendar.Year?, _ call: Call) -> String {
        guard let year else { return call.text("directory.calendar.source.none") }
        if let notice = year.notice { return call.text("directory.calendar.source.notice", ["notice": notice]) }
        let key = year.isComplete ? "directory.calendar.source.town" : "directory.calendar.source.draft"
        return call.text(key, ["edition": String(year.edition)])
    }

    private static func days(of year: Int) -> ClosedRange<Day>? {
        guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else { return nil }
        return first...last
    }

    private static func month(_ month: Int, of year: Int, _ calendar: WorkingCalendar, _ call: Call) -> Month {
        let blank = Cell(day: "", sign: nil, name: nil, colour: nil)
        let days = (1...Day.length(ofMonth: month, year: year)).compactMap { Day(year: year, month: month, day: $0) }
        var cells = Array(repeating: blank, count: (days.first?.weekday ?? 1) - 1) + days.map { cell($0, calendar, call) }
        while cells.count % 7 != 0 { cells.append(blank) }
        let weeks = stride(from: 0, to: cells.count, by: 7).map { Week(cells: Array(cells[$0..<$0 + 7])) }
        return Month(name: call.text("directory.calendar.month.\(month)"), weeks: weeks)
    }

    private static func cell(_ day: Day, _ calendar: WorkingCalendar, _ call: Call) -> Cell {
        guard let mark = calendar.mark(on: day) else {
            return Cell(day: String(day.day), sign: nil, name: nil, colour: day.weekday > 5 ? "rest" : nil)
        }
        let kind = mark.isWorkday ? "work" : "off"
        return Cell(
            day: String(day.day), sign: call.text("directory.calendar.sign.\(kind)"), name: call.holiday(mark.name), colour: kind)
    }

    private static func words(_ event: DirectoryEvent, _ call: Call) -> String {
        let (first, last) = (event.detail["first"] ?? "", event.detail["last"] ?? "")
        guard let kind = event.detail["kind"] else {
            return call.text("directory.calendar.done.complete", ["year": event.detail["year"] ?? ""])
        }
        return call.text(
            "directory.calendar.done.\(kind)",
            [
                "days": first == last ? first : call.text("directory.calendar.span", ["first": first, "last": last]),
                "name": call.holiday(event.detail["name"] ?? ""),
            ])
    }
}

extension Call {
    /// The name of a holiday as the calendar has it, in the reader's language when it is one of the statutory ones.
    package func holiday(_ name: String) -> String {
        language == .zh ? name : site.catalogue.translation(of: name, under: "directory.holiday.", to: language) ?? name
    }
}
