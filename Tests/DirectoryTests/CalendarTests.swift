import Kernel
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct CalendarTests {
    typealias Town = SmallTown

    private func calendar(_ database: any Database) async throws -> WorkingCalendar {
        try await database.read { try DirectoryCache().calendar($0, town: Town.town) }
    }

    private func edit(_ first: String, _ last: String, _ kind: CalendarEdit.Kind, _ name: String) -> CalendarEdit {
        CalendarEdit(first: day(first), last: day(last), kind: kind, name: name)
    }

    @Test(arguments: Engine.available)
    func `a fresh town begins with the shipped edition and keeps its own changes apart`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            #expect(try await calendar(database) == .shipped)
            let change = EditCalendar(database: database, ambient: .fixed())
            for _ in 1...2 {
                try await change(edit("2026-11-26", "2026-11-27", .off, "镇庙会"), by: Town.principal(), request: Town.id(40))
            }
            let edited = try await calendar(database)
            #expect(edited.holiday(on: day("2026-11-26")) == "镇庙会" && !edited.isWorkday(day("2026-11-27")))
            #expect(edited.years[2026]?.edition == 1, "a retry changes nothing")
            #expect(edited.years[2026]?.notice == nil && edited.isKnown(2026))
            #expect(edited.years[2025] == WorkingCalendar.shipped.years[2025])
            #expect(edited.holiday(on: day("2026-02-15")) == "春节")
            try await change(edit("2026-11-26", "2026-11-26", .plain, ""), by: Town.principal(), request: Town.id(41))
            try await change(edit("2026-11-28", "2026-11-28", .work, "镇庙会"), by: Town.principal(), request: Town.id(42))
            let mended = try await calendar(database)
            #expect(mended.isWorkday(day("2026-11-26")) && mended.isWorkday(day("2026-11-28")))
            #expect(mended.years[2026]?.edition == 3)
            let events = try await database.read { try DirectoryEventStore($0, town: Town.town).latestOfCalendar(9) }
            #expect(events.map(\.act) == Array(repeating: "calendar.edit", count: 3))
        }
    }

    @Test(arguments: Engine.available)
    func `a year that is not announced is entered and declared complete`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let change = EditCalendar(database: database, ambient: .fixed())
            let empty = try await codes { try await change.complete(2027, by: Town.principal(), request: Town.id(40)) }
            #expect(empty == ["calendar-empty"])
            try await change(edit("2027-01-01", "2027-01-03", .off, "元旦"), by: Town.principal(), request: Town.id(41))
            let draft = try await calendar(database)
            #expect(!draft.isKnown(2027))
            try await change.complete(2027, by: Town.principal(), request: Town.id(42))
            #expect(try await calendar(database).isKnown(2027))
            let again = try await codes { try await change.complete(2026, by: Town.principal(), request: Town.id(43)) }
            #expect(again == ["calendar-complete"])
        }
    }

    @Test func `a cache sees what another process changed`() async throws {
        try await withTown(.sqlite) { database in
            let cache = DirectoryCache()
            #expect(try await database.read { try cache.calendar($0, town: Town.town) } == .shipped)
            try await EditCalendar(database: database, ambient: .fixed())(
                edit("2026-11-26", "2026-11-26", .off, "镇庙会"), by: Town.principal(), request: Town.id(40))
            let seen = try await database.read { try cache.calendar($0, town: Town.town) }
            #expect(!seen.isWorkday(day("2026-11-26")))
        }
    }

    @Test func `only the town's own office changes it`() async throws {
        try await withTown(.sqlite) { database in
            let change = EditCalendar(database: database, ambient: .fixed())
            await #expect(throws: Forbidden()) {
                try await change(
                    edit("2026-11-26", "2026-11-26", .off, "庙会"), by: Town.principal(.grids([Town.anping])), request: Town.id(40))
            }
        }
    }

    @Test(arguments: [
        ("2026-11-26", "2026-11-25", CalendarEdit.Kind.off, "庙会", ["before-start"]),
        ("2026-12-31", "2027-01-01", .off, "元旦", ["two-years"]),
        ("2026-05-01", "2026-05-31", .off, "很长", []),
        ("2026-05-01", "2026-06-01", .off, "太长", ["too-many-days"]),
        ("2017-05-01", "2017-05-01", .off, "劳动节", ["year-out-of-range"]),
        ("2028-05-01", "2028-05-01", .off, "劳动节", []), ("2029-05-01", "2029-05-01", .off, "劳动节", ["year-out-of-range"]),
        ("2026-05-01", "2026-05-01", .work, " ", ["required"]), ("2026-05-01", "2026-05-01", .plain, "", []),
    ])
    func `says what is wrong with a change`(
        _ first: String, _ last: String, _ kind: CalendarEdit.Kind, _ name: String, _ codes: [String]
    ) {
        #expect(edit(first, last, kind, name).faults(on: Town.today).map(\.code) == codes)
    }

    @Test(arguments: [
        ("2026-10-31", []), ("2026-11-01", [2027]), ("2026-12-31", [2027]), ("2027-01-01", [2027]), ("2025-12-01", []),
    ])
    func `asks for the next year once it has been announced`(_ today: String, _ missing: [Int]) {
        #expect(CalendarRules.missing(in: .shipped, on: day(today)) == missing)
    }

    @Test func `the page shows the year, keeps what was typed and takes a change`() async throws {
        try await DirectorySite.run { site, _ in
            let page = try await site.get("/office/calendar?year=2026", as: "town").body
            #expect(page.contains("2026年工作日历") && page.contains("国办发明电〔2025〕7号") && page.contains("全年 248 个工作日"))
            #expect(try await site.get("/office/calendar", as: "worker", language: "en").body.contains("Working calendar 2026"))
            let read = try await site.get("/office/calendar", as: "worker").body
            #expect(!read.contains("name=\"kind\""))
            #expect(try await site.get("/office/calendar?year=1999", as: "town").status == 404)
            let wrong = try await site.post(
                "/office/calendar", ["first": "2026-11-26", "last": "2026-11-20", "kind": "off", "name": "庙会"], as: "town")
            #expect(wrong.status == 422 && wrong.body.contains("不能早于开始的日期") && wrong.body.contains("value=\"2026-11-26\""))
            let done = try await site.post(
                "/office/calendar", ["first": "2026-11-26", "kind": "off", "name": "庙会"], as: "town")
            #expect(done.status == 303)
            #expect(try await site.get("/office/calendar?year=2026", as: "town").body.contains("2026-11-26 放假（庙会）"))
            let bare = try await site.post("/office/calendar", [:], as: "town")
            #expect(bare.status == 422 && bare.body.contains("这一项要填"))
            let given = try await site.get("/api/v1/calendar?year=2026").body
            #expect(given.contains(#"{"day":"2026-11-26","name":"庙会","workday":false}"#))
            #expect(try await site.get("/api/v1/calendar?year=x").status == 422)
        }
    }
}
