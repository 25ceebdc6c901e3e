import Directory
import Foundation
import Kernel
import Testing

@testable import Points

struct RoundRulesTests {
    private let ids: [ID<Household>] = (1...9).map { ID(UUID(uuidString: "00000000-0000-7000-8000-00000000000\($0)") ?? UUID()) }
    private let grid: ID<GridNode> = ID(UUID(uuidString: "00000000-0000-7000-8000-0000000000aa") ?? UUID())

    private func candidate(_ index: Int, _ deducted: Int, month: Int = 0, wins: Int = 0) -> RoundRules.Candidate {
        .init(household: ids[index], grid: grid, deducted: deducted, deductedInMonth: month, winsInMonth: wins)
    }

    @Test func `three grids look at one another both ways, week about, and never at themselves`() throws {
        let monday = try #require(Day("2026-03-02"))
        let weeks = (0..<6).compactMap { DrawRules.rotation(of: 3, week: monday.adding(days: 7 * $0)) }
        #expect(Set(weeks) == [[1, 2, 0], [2, 0, 1]])
        for (one, next) in zip(weeks, weeks.dropFirst()) { #expect(one != next) }
    }

    @Test(arguments: 2...12) func `every draw leaves nobody with themselves and nobody out`(_ count: Int) throws {
        let codes = (1...count).map { "grid\($0)" }
        for number in 0..<40 {
            let lot = try #require(DrawRules.lot(of: codes, seed: DrawRules.seed(UInt64(number))))
            let turn = try #require(DrawRules.rotation(of: count, week: Day(ordinal: number * 7 - 3)))
            for order in [lot, turn] {
                #expect(Set(order) == Set(0..<count))
                #expect(zip(order, 0..<count).allSatisfy { $0 != $1 })
            }
            #expect(DrawRules.lot(of: codes, seed: DrawRules.seed(UInt64(number))) == lot, "anybody draws it again")
        }
    }

    @Test func `one grid alone cannot inspect another`() {
        #expect(DrawRules.rotation(of: 1, week: Day(ordinal: 0)) == nil && DrawRules.lot(of: ["a"], seed: "0") == nil)
    }

    @Test func `a lot is what sha256sum prints`() {
        #expect(DrawRules.ticket("seed", "name") == "29618acb51635b4f226cb14a9dd87d5025736efc7ab3f4567e4925d72161cbb1")
        #expect(DrawRules.seed(255) == "00000000000000ff")
    }

    @Test func `fewest deductions win; ties by the month, then by wins, then by lot; each is told why`() {
        let models = RoundRules.models(
            among: [
                candidate(0, 0), candidate(1, 2, month: 1, wins: 1), candidate(2, 2, month: 1), candidate(3, 2, month: 4),
                candidate(4, 3),
            ], count: 3, seed: "seed")
        #expect(models.map(\.household) == [ids[0], ids[2], ids[1]])
        #expect(models.map(\.reason) == [.score, .month, .month])
        let wins = RoundRules.models(among: [candidate(0, 1, wins: 2), candidate(1, 1)], count: 1, seed: "seed")
        #expect(wins.map(\.household) == [ids[1]] && wins[0].reason == .wins)
        let equal = (0..<5).map { candidate($0, 1) }
        let lot = RoundRules.models(among: equal, count: 3, seed: "seed")
        #expect(lot.allSatisfy { $0.reason == .lot })
        #expect(
            RoundRules.models(among: equal.reversed(), count: 3, seed: "seed") == lot, "the order they come in decides nothing")
        #expect(RoundRules.models(among: [candidate(0, 9)], count: 3, seed: "seed").map(\.reason) == [.unopposed])
        #expect(RoundRules.models(among: [], count: 3, seed: "seed").isEmpty)
    }

    @Test func `the flag goes to the highest total, and travels among equals`() {
        func month(_ index: Int, _ score: Int, flags: Int = 0, wins: Int = 0) -> MonthRules.Candidate {
            .init(household: ids[index], grid: grid, score: score, wins: wins, flags: flags)
        }
        #expect(
            MonthRules.prizes(among: [month(0, 390), month(1, 400, flags: 3)], flag: .perGrid, seed: "s")[0].household == ids[1])
        let travels = MonthRules.prizes(among: [month(0, 400, flags: 1, wins: 4), month(1, 400)], flag: .perGrid, seed: "s")[0]
        #expect(travels.household == ids[1] && travels.reason == .flags)
        let wins = MonthRules.prizes(among: [month(0, 400, wins: 4), month(1, 400)], flag: .perGrid, seed: "s")[0]
        #expect(wins.household == ids[0] && wins.reason == .moreWins)
        #expect(MonthRules.prizes(among: [month(0, 400), month(1, 400)], flag: .perGrid, seed: "s")[0].reason == .lot)
        #expect(MonthRules.prizes(among: [], flag: .village, seed: "s").isEmpty)
    }

    @Test func `what stands out between teams is pointed out, and only that`() {
        let grids = (1...3).map { ID<GridNode>(UUID(uuidString: "00000000-0000-7000-8000-0000000000b\($0)") ?? UUID()) }
        func team(_ index: Int, _ deducted: Int, seen: Int = 10, uniform: Bool = false) -> OutlierRules.Team {
            .init(team: grids[index], target: grids[(index + 1) % 3], seen: seen, deducted: deducted, isUniform: uniform)
        }
        let expected = Dictionary(uniqueKeysWithValues: grids.map { ($0, 10) })
        #expect(OutlierRules.findings([team(0, 20), team(1, 22), team(2, 18)], expected: expected).isEmpty)
        let strict = OutlierRules.findings([team(0, 60), team(1, 20), team(2, 20)], expected: expected)
        #expect(strict.map(\.kind) == [.strict])
        #expect(
            OutlierRules.findings([team(0, 0, uniform: true), team(1, 22), team(2, 18)], expected: expected).prefix(2).map(\.kind)
                == [.lenient, .uniform])
        #expect(
            OutlierRules.findings([team(0, 4, seen: 4), team(1, 11), team(2, 10)], expected: expected).map(\.kind) == [.unseen])
    }

    /// domain.md §2.8b lists them.
    @Test func `the environment days of 2018 to 2026 collide where the calendar says`() throws {
        var collisions: [String: EnvironmentDayRules.Collision] = [:]
        for year in 2018...2026 {
            for number in 1...12 {
                let month = MonthKey(try #require(Day(year: year, month: number, day: 1)))
                let proposal = EnvironmentDayRules.proposal(for: month, .shipped)
                #expect(proposal.third.weekday == 6 && (15...21).contains(proposal.third.day) && proposal.isKnown)
                #expect(MonthKey(proposal.day) == month)
                if let collision = proposal.collision {
                    collisions[proposal.third.description] = collision
                    #expect(proposal.day != proposal.third)
                    #expect(EnvironmentDayRules.collision(on: proposal.day, .shipped) == nil, "the day proposed must be free")
                } else {
                    #expect(proposal.day == proposal.third)
                }
            }
        }
        #expect(
            collisions == [
                "2018-02-17": .holiday, "2023-01-21": .holiday, "2024-02-17": .holiday, "2026-02-21": .holiday,
                "2026-06-20": .holiday,
                "2021-02-20": .workday, "2021-09-18": .workday,
            ])
        let august = EnvironmentDayRules.proposal(for: try #require(MonthKey("2022-08")), .shipped)
        #expect(august.day.description == "2022-08-20")
        #expect(EnvironmentDayRules.proposal(for: try #require(MonthKey("2026-06")), .shipped).day.description == "2026-06-27")
    }

    @Test(arguments: [(5, true), (-5, true), (1000, true), (0, false), (1001, false), (-1001, false)])
    func `a line has whole points within bounds`(_ points: Int, _ isFine: Bool) {
        let rule = PointRule(
            id: ID(UUID()), code: "good", domain: .environment, nameZh: "好", nameEn: "good", points: points, evidence: .none,
            approver: .worker)
        #expect((try? RuleRules.check(rule)) != nil || !isFine)
        if !isFine { #expect(throws: Invalid.self) { try RuleRules.check(rule) } }
    }

    @Test func `shares of a hundred add up to a hundred, and inflation is what is held by what is spent`() {
        let percent = FigureRules.percent([.environment: 1, .volunteering: 1, .mutualAid: 1])
        #expect(percent.values.reduce(0, +) == 100 && percent.values.max() == 34)
        #expect(FigureRules.percent([:]).isEmpty)
        let month = MonthKey(Day(ordinal: 20_000))
        func figures(_ spent: [Int]) -> PointsFigures {
            PointsFigures(
                months: spent.map { .init(month: month, issued: 0, spent: $0) }, domains: [:], households: 0, neverReached: 0,
                outstanding: 1000)
        }
        #expect(FigureRules.inflation(figures([0, 100, 100, 200, 999])) == 75)
        #expect(FigureRules.inflation(figures([0, 0, 0, 0, 999])) == nil)
    }
}
