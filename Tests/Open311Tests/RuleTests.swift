import Kernel
import Testing

@testable import Open311

@Suite struct SearchSpanTests {
    private let now = Instant(rfc3339: "2026-03-02T01:00:00Z") ?? Instant(milliseconds: 0)

    @Test(
        arguments: [
            (nil, nil, "2025-12-02T01:00:00Z", "2026-03-02T01:00:00Z"),
            ("2026-01-01T00:00:00Z", nil, "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            (nil, "2026-01-01T08:00:00+08:00", "2025-10-03T00:00:00Z", "2026-01-01T00:00:00Z"),
            ("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            ("2026-01-01T08:00:00 08:00", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ] as [(String?, String?, String, String)])
    func `covers what is asked, or ninety days`(_ start: String?, _ end: String?, _ from: String, _ to: String) throws {
        let span = try SearchSpan(start: start, end: end, now: now)
        #expect(span.from.rfc3339 == from && span.to.rfc3339 == to)
    }

    @Test(
        arguments: [
            ("2026-01-01T00:00:00Z", "2026-04-01T00:00:01Z", "/end_date", "open311-span"),
            ("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z", "/end_date", "open311-order"),
            ("2026-02-30T00:00:00Z", nil, "/start_date", "open311-date"), ("01-01-2026", nil, "/start_date", "open311-date"),
            (nil, "yesterday", "/end_date", "open311-date"),
        ] as [(String?, String?, String, String)])
    func `refuses more than ninety days and what is no time`(
        _ start: String?, _ end: String?, _ pointer: String, _ code: String
    ) {
        #expect(throws: Invalid(pointer, code)) { try SearchSpan(start: start, end: end, now: now) }
    }
}

@Suite struct PagingTests {
    @Test(
        arguments: [(nil, nil, 0, 1000), ("1", "1000", 0, 1000), ("3", "20", 40, 20), ("1000", "1", 999, 1)]
            as [(String?, String?, Int, Int)])
    func `skips whole pages`(_ page: String?, _ size: String?, _ skipping: Int, _ limit: Int) throws {
        let paging = try Paging(page: page, size: size)
        #expect(paging.skipping == skipping && paging.limit == limit)
    }

    @Test(arguments: ["0", "-1", "1001", "1.5", "x", "+1", "٣", "99999999999999999999"])
    func `refuses what is no page`(_ text: String) {
        #expect(throws: Invalid("/page", "open311-page", ["limit": "1000"])) { try Paging(page: text, size: nil) }
        #expect(throws: Invalid("/page_size", "open311-page", ["limit": "1000"])) { try Paging(page: nil, size: text) }
    }
}

@Suite struct NameAndLinkTests {
    @Test(arguments: [
        ("小梅", "李", "李小梅"), ("Ann", "Lee", "Ann Lee"), ("", "Lee", "Lee"), ("阿春", "", "阿春"), ("", "", ""), ("Ann", "李", "李Ann"),
    ])
    func `orders names as their people do`(_ first: String, _ last: String, _ name: String) {
        #expect(PersonName.joined(first: first, last: last) == name)
    }

    @Test(arguments: ["https://example.org/a.jpg", "http://127.0.0.1:8000/p?x=1#y"])
    func `keeps a link`(_ text: String) { #expect(MediaLink.checked(text) == text) }

    @Test(arguments: [
        "", "a.jpg", "javascript:alert(1)", "data:image/png;base64,AA", "file:///etc/passwd", "https://",
        "https://u:p@example.org/",
        "https://example.org/ a", "https://example.org/\"onload", "https://例子.cn/",
        "https://e.org/" + String(repeating: "a", count: 500),
    ])
    func `keeps nothing else`(_ text: String) { #expect(MediaLink.checked(text) == nil) }
}

@Suite struct RetryRulesTests {
    private let program = Ambient.system.newID(AccountNode.self)
    private let fields = [(name: "service_code", value: "0101"), (name: "description", value: "灯")]

    @Test func `the same sending has the same id in whatever order, another has another`() {
        let now = Instant(milliseconds: 3_600_000 * 10)
        let (earlier, current) = RetryRules.ids(program: program, fields: fields, files: [[1]], at: now)
        #expect(RetryRules.ids(program: program, fields: fields.reversed(), files: [[1]], at: now).current == current)
        let keyed = fields + [(name: "api_key", value: "x")]
        #expect(RetryRules.ids(program: program, fields: keyed, files: [[1]], at: now).current == current)
        let others = [
            RetryRules.ids(program: Ambient.system.newID(), fields: fields, files: [[1]], at: now).current,
            RetryRules.ids(program: program, fields: fields, files: [[2]], at: now).current,
            RetryRules.ids(program: program, fields: [fields[0]], files: [[1]], at: now).current,
            RetryRules.ids(program: program, fields: [(name: "service_code", value: "0101description=灯")], files: [[1]], at: now)
                .current,
            earlier,
        ]
        #expect(!others.contains(current) && Set(others).count == others.count)
    }

    @Test func `an hour later it is still found, two hours later it is another report`() {
        let first = RetryRules.ids(program: program, fields: fields, files: [], at: Instant(milliseconds: 3_600_000 * 10 + 1))
            .current
        let hour = RetryRules.ids(program: program, fields: fields, files: [], at: Instant(milliseconds: 3_600_000 * 11 + 1))
        let two = RetryRules.ids(program: program, fields: fields, files: [], at: Instant(milliseconds: 3_600_000 * 12))
        #expect(hour.earlier == first && two.earlier != first && two.current != first)
    }
}
