import Directory
import Kernel
import Testing

@testable import Points

struct RulesTests {
    @Test(
        arguments: [
            ([], nil), ([.registered], .villagers), ([.owner], .villagers), ([.tenant], .tenants), ([.floating], .tenants),
            ([.tenant, .registered], .villagers), ([.floating, .tenant], .tenants), ([.owner, .floating], .villagers),
        ] as [([Residency.Kind], Audience?)])
    func `which set applies follows from who lives there`(_ kinds: [Residency.Kind], _ audience: Audience?) {
        #expect(AudienceRules.audience(of: kinds) == audience)
    }

    @Test(
        arguments: [
            (PointCaps(), [:], 5, nil), (PointCaps(day: 5), [:], 5, nil), (PointCaps(day: 5), [.day: 1], 4, .day),
            (PointCaps(day: 5), [.day: 5], 0, .day), (PointCaps(day: 5), [.day: 9], 0, .day),
            (PointCaps(day: 5, month: 20), [.day: 0, .month: 18], 2, .month),
            (PointCaps(day: 5, week: 10), [.day: 5, .week: 10], 0, .week),
            (PointCaps(year: 0), [:], 0, .year),
        ] as [(PointCaps, [CapPeriod: Int], Int, CapPeriod?)])
    func `the tightest cap decides`(_ caps: PointCaps, _ taken: [CapPeriod: Int], _ points: Int, _ limit: CapPeriod?) {
        #expect(CapRules.grant(5, under: caps, taken: taken) == .init(points: points, limit: limit))
    }

    @Test func `weeks begin on Monday and spans end where the calendar ends them`() throws {
        let sunday = try #require(Day("2023-12-31"))
        #expect(CapPeriod.week.term(around: sunday) == (sunday.adding(days: -6), sunday))
        let leap = try #require(Day("2024-02-10"))
        #expect(CapPeriod.month.term(around: leap).to.description == "2024-02-29")
        #expect(CapPeriod.year.term(around: leap).from.description == "2024-01-01")
    }

    @Test(arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2024-01-15", 1, "2024-02-14"), ("2023-11-30", 3, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"), ("2026-03-01", 24, "2028-02-29"),
    ])
    func `points last so many months`(_ day: String, _ months: Int, _ last: String) throws {
        #expect(LedgerRules.expiry(of: try #require(Day(day)), months: months)?.description == last)
    }

    @Test(arguments: [(0, 0, 10, 0), (10, 0, 10, 10), (10, 4, 20, 6), (10, 10, 5, 0), (10, 15, 5, 0), (30, 0, 12, 12)])
    func `the oldest points are spent first, only the rest lapses`(_ due: Int, _ gone: Int, _ balance: Int, _ lapsing: Int) {
        #expect(LedgerRules.lapsing(due: due, gone: gone, balance: balance) == lapsing)
    }

    @Test func `taking back leaves the issue as it was`() {
        #expect(LedgerRules.wayBack(source: .issued, destination: .household) == (.household, .reversed))
        #expect(LedgerRules.wayBack(source: .household, destination: .issued) == (.reversed, .household))
        #expect(LedgerRules.wayBack(source: .household, destination: .exchange) == (.exchange, .household))
    }
}
