import Directory
import Kernel
import Points
import Storage

/// Lets 瑶前 run its points for half a year, through the same use cases as people do (domain.md F50–F62): both rule sets decided, weekly
/// rounds inspected, put on notice and posted, months closed with the flag going round, environment days held.
struct PointsWriter: Sendable {
    let plan: TownPlan
    let database: any Database

    private static let months = 6

    /// Something done on a day; what is done first comes first.
    private struct Step {
        let day: Day
        let run: () async throws -> Void
    }

    /// Does nothing when the demo has no such village.
    func write() async throws {
        guard let village = plan.grids.village(VillageList.yaoqian), let stage = Stage(plan, database, village) else { return }
        try await stage.adoptRules()
        var month = MonthKey(plan.time.today)
        for _ in 0..<Self.months { month = month.previous }
        var steps: [Step] = []
        while month <= MonthKey(plan.time.today) {
            steps += self.steps(of: month, stage)
            month = month.next
        }
        let due = steps.enumerated().filter { $0.element.day < plan.time.today }
        for (_, step) in due.sorted(by: { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }) { try await step.run() }
    }

    private func steps(of month: MonthKey, _ stage: Stage) -> [Step] {
        let days = (0..<31).map { month.first.adding(days: $0) }.filter { MonthKey($0) == month }
        var steps = [
            Step(day: month.first) { try await stage.planEnvironmentDay(of: month) },
            Step(day: month.first.adding(days: 2)) { try await stage.signUp(for: month) },
            Step(day: month.next.first.adding(days: 11)) { try await stage.close(month) },
        ]
        for monday in days where monday.weekday == 1 {
            steps.append(Step(day: monday) { try await stage.open(monday) })
            steps.append(Step(day: monday.adding(days: 6)) { try await stage.inspect(monday) })
            // The last full week waits on the notice board for somebody to post it.
            if monday.adding(days: 14) <= plan.time.today.adding(days: 1 - plan.time.today.weekday) {
                steps.append(Step(day: monday.adding(days: 10)) { try await stage.post(monday) })
            }
        }
        steps += days.map { day in Step(day: day) { try await stage.awards(on: day) } }
        steps += days.map { day in Step(day: day) { try await stage.holdEnvironmentDay(after: day) } }
        return steps
    }
}
