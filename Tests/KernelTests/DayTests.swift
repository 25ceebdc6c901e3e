import Foundation
import Kernel
import Testing

struct DayTests {
    @Test(arguments: [
        ("2024-02-29", true), ("2000-02-29", true), ("1900-02-29", false), ("2100-02-29", false), ("2026-02-29", false),
        ("2026-02-30", false), ("2026-04-31", false), ("2026-13-01", false), ("2026-00-01", false), ("2026-01-00", false),
        ("2026-12-31", true), ("0001-01-01", true), ("9999-12-31", true), ("0000-01-01", false), ("2026-1-1", false),
        ("20260101", false), ("2026-01-01T00", false), ("2026/01/01", false), ("２０２６-01-01", false), ("-026-01-01", false),
        ("+026-01-01", false), ("2026-01--1", false), ("", false), ("2026-01-01-", false), (" 2026-01-01", false),
    ])
    func `knows which days exist`(_ text: String, _ exists: Bool) {
        #expect((Day(text) != nil) == exists)
        if exists { #expect(Day(text)?.description == text) }
    }

    @Test func `counts every day from 1900 to 2100 as Foundation does`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let first = try #require(Day(year: 1900, month: 1, day: 1))
        let last = try #require(Day(year: 2100, month: 12, day: 31))
        #expect(last.ordinal - first.ordinal == 73_413)
        var previous: Day?
        for ordinal in first.ordinal...last.ordinal {
            let day = Day(ordinal: ordinal)
            #expect(day.ordinal == ordinal)
            #expect(Day(year: day.year, month: day.month, day: day.day) == day)
            if let previous { #expect(previous < day) }
            previous = day
        }
        for ordinal in stride(from: first.ordinal, through: last.ordinal, by: 13) {
            let day = Day(ordinal: ordinal)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(ordinal) * 86400))
            #expect([parts.year, parts.month, parts.day] == [day.year, day.month, day.day])
            #expect(parts.weekday == day.weekday % 7 + 1)
        }
    }

    @Test func `adds days across leap days and years`() {
        #expect(Day("2024-02-28")?.adding(days: 2) == Day("2024-03-01"))
        #expect(Day("2026-01-01")?.adding(days: -1) == Day("2025-12-31"))
        #expect(Day("1970-01-01")?.ordinal == 0)
        #expect(Day("1969-12-31")?.ordinal == -1)
    }

    @Test func `travels as its text`() throws {
        let day = try #require(Day("2026-08-01"))
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == #"["2026-08-01"]"#)
        #expect(throws: (any Error).self) { try JSONDecoder().decode([Day].self, from: Data(#"["2026-02-30"]"#.utf8)) }
    }
}

struct InstantTests {
    @Test(arguments: [
        ("2026-07-31T15:59:59Z", "2026-07-31 23:59"), ("2026-07-31T16:00:00Z", "2026-08-01 00:00"),
        ("2025-12-31T16:00:00Z", "2026-01-01 00:00"), ("1970-01-01T00:00:00Z", "1970-01-01 08:00"),
        ("1969-12-31T15:59:59Z", "1969-12-31 23:59"), ("1969-12-31T16:00:00Z", "1970-01-01 00:00"),
        // China kept summer time from 1986 to 1991.
        ("1988-07-01T14:59:59Z", "1988-07-01 23:59"), ("1988-07-01T15:00:00Z", "1988-07-02 00:00"),
    ])
    func `turns the page at midnight in China`(_ text: String, _ stamp: String) throws {
        #expect(try #require(Instant(rfc3339: text)).stamp() == stamp)
    }

    @Test func `turns the page to the millisecond`() throws {
        let midnight = try #require(Instant(rfc3339: "2026-07-31T16:00:00Z")).milliseconds
        #expect(Instant(milliseconds: midnight - 1).day() == Day("2026-07-31"))
        #expect(Instant(milliseconds: midnight).day() == Day("2026-08-01"))
        #expect(Instant(milliseconds: -1).day(in: .gmt) == Day("1969-12-31"))
        #expect(Instant(milliseconds: 0).day(in: .gmt) == Day("1970-01-01"))
    }

    @Test func `survives the way through Date`() {
        for milliseconds in stride(from: Int64(1_785_549_784_000), to: 1_785_549_785_000, by: 1) {
            #expect(Instant(Instant(milliseconds: milliseconds).date).milliseconds == milliseconds)
        }
        #expect(Instant(Instant(milliseconds: -1).date).milliseconds == -1)
    }

    @Test(arguments: [
        ("2026-08-01T02:03:04Z", 1_785_549_784_000), ("2026-08-01T10:03:04+08:00", 1_785_549_784_000),
        ("2026-08-01T02:03:04.123Z", 1_785_549_784_123), ("2026-08-01T10:03:04.5+08:00", 1_785_549_784_500),
        ("2026-07-31T20:33:04.123999-05:30", 1_785_549_784_123), ("1969-12-31T23:59:59.999Z", -1),
        ("2024-02-29t00:00:00z", 1_709_164_800_000),
    ])
    func `reads RFC 3339 with its zone and its fraction`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-08-01", "2026-08-01T02:03:04", "yesterday", "2026-13-01T00:00:00Z", "2026-08-01T25:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-08-01T02:60:04Z", "2026-08-01T02:03:60Z", "2026-08-01T02:03:04.Z", "2026-08-01T02:03:04+0800",
        "2026-08-01T02:03:04+24:00",
        "2026-08-01T02:03:04Z ", "2026-08-01T02:03:04ZZ", "2026-08-01T02:03Z", "2026-08-01T-2:03:04Z", "２026-08-01T02:03:04Z",
        "2026-08-01T02:03:04." + String(repeating: "1", count: 1000) + "Z", "99999-08-01T02:03:04Z", "2026-08-01T02:03:04+08:0",
    ])
    func `refuses what is not a time with a zone`(_ text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func `writes RFC 3339 in UTC`() {
        #expect(Instant(milliseconds: 1_785_549_784_123).rfc3339 == "2026-08-01T02:03:04Z")
    }

    @Test(
        arguments: [
            ("2026-03-02", "21:05", "2026-03-02 21:05"), (" 2026-03-02", "00:00 ", "2026-03-02 00:00"),
            ("2026-03-02", "23:59:30", "2026-03-02 23:59"), ("2026-03-02", "24:00", nil), ("2026-03-02", "9", nil),
            ("2026-03-02", "", nil), ("2026-02-30", "10:00", nil), ("", "10:00", nil), ("2026-03-02", "10:60", nil),
        ] as [(String, String, String?)])
    func `reads a day and a time as a form sends them`(_ day: String, _ time: String, _ stamp: String?) {
        #expect(Instant(day: day, time: time)?.stamp() == stamp)
    }
}
