import Directory
import Identity
import Kernel
import Points
import Storage

/// Lets 瑶前 run its points for half a year, through the same use cases as people do (domain.md F50–F62): both rule sets decided, weekly
/// rounds inspected, put on notice and posted, months closed with the flag going round, environment days held.
struct PointsWriter: Sendable {
    let plan: TownPlan
    let database: any Database

    private static let months = 6
    /// More awards than this by hand would make a large town's demo slow and tell nothing new.
    private static let awardsLimit = 400

    /// Does nothing when the demo has no such village.
    func write() async throws {
        guard let village = plan.grids.village(VillageList.yaoqian), let stage = Stage(plan, database, village) else { return }
        try await stage.adoptRules()
        var month = MonthKey(plan.time.today)
        for _ in 0..<Self.months { month = month.previous }
        var chance = Chance(seed: plan.seed, "points")
        while month <= MonthKey(plan.time.today) {
            try await play(month, stage, &chance)
            month = month.next
        }
    }

    private func play(_ month: MonthKey, _ stage: Stage, _ chance: inout Chance) async throws {
        let mondays = (0..<31).map { month.first.adding(days: $0) }.filter { $0.weekday == 1 && MonthKey($0) == month }
        for monday in mondays where monday < plan.time.today {
            try await stage.round(of: monday, &chance)
        }
        try await stage.environmentDay(of: month, &chance)
        try await stage.awards(in: month, limit: Self.awardsLimit / Self.months, &chance)
        if month.next.first.adding(days: 12) < plan.time.today { try await stage.close(month) }
    }
}
