import Kernel
import Storage
import Web

/// The working calendar for programs: every day of a year with what it is.
extension DirectoryRoom {
    var calendarAPI: Route {
        Route(.get, "/api/v1/calendar", .anyone, kind: .api(Self.calendarOperation)) { call in
            let (town, cache) = (call.town, cache)
            let calendar = try await database.read { try cache.calendar($0, town: town) }
            guard let year = call.query["year"].map({ Int($0) }) ?? today.year, (1901...9998).contains(year) else {
                throw Invalid("/year", "not-a-number")
            }
            return try .json(CalendarDocument(year, calendar))
        }
    }

    private static let calendarOperation = Operation(
        id: "getCalendar", summary: "The working days of a year: weekends, days off and the days worked in their place.",
        tag: "Directory",
        query: [.init("year", "This year when left out.", .integer(minimum: 1901, maximum: 9998))],
        answer: .object([
            .init("year", .integer()), .init("known", .boolean, "False while the year's days off are not announced or entered."),
            .init("edition", .integer(minimum: 0), "0 as shipped; counts the town's changes."),
            .init("notice", .string(), required: false, "The State Council's notice of the shipped edition."),
            .init(
                "days",
                .array(
                    .object([
                        .init("day", .string(format: "date")), .init("workday", .boolean),
                        .init("name", .string(), required: false, "The holiday it is or makes up for."),
                    ]))
            ),
        ]))
}

/// A year as the API gives it.
private struct CalendarDocument: Encodable {
    struct Item: Encodable {
        let day: Day
        let workday: Bool
        let name: String?
    }
    let year: Int
    let known: Bool
    let edition: Int
    let notice: String?
    let days: [Item]

    init(_ number: Int, _ calendar: WorkingCalendar) {
        let entered = calendar.years[number]
        year = number
        known = calendar.isKnown(number)
        edition = entered?.edition ?? 0
        notice = entered?.notice
        days = (1...12).flatMap { month in
            (1...Day.length(ofMonth: month, year: number)).compactMap { Day(year: number, month: month, day: $0) }
        }.map { Item(day: $0, workday: calendar.isWorkday($0), name: calendar.mark(on: $0)?.name) }
    }
}
