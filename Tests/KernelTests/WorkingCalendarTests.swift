import Kernel
import Testing

struct WorkingCalendarTests {
    private let calendar = WorkingCalendar.shipped

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test(arguments: [
        // Plain weekdays and weekends.
        ("2026-11-24", true, nil), ("2026-11-28", false, nil), ("2026-11-29", false, nil),
        // Spring Festival 2026 with the Saturdays worked before and after it.
        ("2026-02-14", true, nil), ("2026-02-15", false, "春节"), ("2026-02-23", false, "春节"), ("2026-02-24", true, nil),
        ("2026-02-28", true, nil),
        // A Sunday worked for National Day, and the Saturday after it, beyond the last day of the PyPI package.
        ("2026-09-20", true, nil), ("2026-10-07", false, "国庆节"), ("2026-10-08", true, nil), ("2026-10-10", true, nil),
        // A holiday that begins in the old year.
        ("2018-12-29", true, nil), ("2018-12-31", false, "元旦"), ("2022-12-31", false, "元旦"), ("2023-01-02", false, "元旦"),
        // The Spring Festival of 2020 that was prolonged.
        ("2020-02-01", false, "春节"), ("2020-02-02", false, "春节"), ("2020-02-03", true, nil),
    ])
    func `knows the days off and the days worked for them`(_ text: String, _ isWorkday: Bool, _ holiday: String?) throws {
        let day = try day(text)
        #expect(calendar.isWorkday(day) == isWorkday)
        #expect(calendar.holiday(on: day) == holiday)
    }

    @Test(arguments: [
        // domain.md §2.8b: third Saturdays that collide with a holiday, and Saturdays that are worked.
        ("2018-02-17", false), ("2023-01-21", false), ("2024-02-17", false), ("2026-02-21", false), ("2026-06-20", false),
        ("2021-02-20", true), ("2021-09-18", true),
    ])
    func `knows the Saturdays of the environment day`(_ text: String, _ isWorkday: Bool) throws {
        let day = try day(text)
        #expect(day.weekday == 6 && calendar.isWorkday(day) == isWorkday)
        #expect(calendar.mark(on: day) != nil)
    }

    @Test func `counts and steps over holidays`() throws {
        let eve = try day("2026-02-14")
        #expect(calendar.workday(after: eve) == Day("2026-02-24"))
        #expect(calendar.workday(before: try day("2026-02-24")) == eve)
        #expect(calendar.workday(3, after: eve) == Day("2026-02-26"))
        #expect(calendar.workday(0, after: eve) == eve && calendar.workday(-1, after: eve) == eve)
        #expect(calendar.workdays(in: eve...eve) == 1)
        #expect(calendar.workdays(in: try day("2026-02-15")...day("2026-02-23")) == 0)
        #expect(calendar.workdays(in: try day("2026-01-01")...day("2026-12-31")) == 248)
    }

    @Test func `says which years are not announced, and goes by the weekend there`() throws {
        #expect((2018...2026).allSatisfy(calendar.isKnown))
        #expect(!calendar.isKnown(2017) && !calendar.isKnown(2027))
        #expect(calendar.isWorkday(try day("2027-01-01")), "a Friday, since nobody has said otherwise")
        #expect(!calendar.isWorkday(try day("2027-01-02")))
        let draft = WorkingCalendar.Year(
            edition: 1, notice: nil, isComplete: false, marks: [try day("2027-01-01"): .init(isWorkday: false, name: "元旦")])
        let entered = calendar.replacing([2027: draft])
        let newYear = try day("2027-01-01")
        #expect(!entered.isKnown(2027) && !entered.isWorkday(newYear))
        #expect(entered.isKnown(2026))
    }
}
