import Directory
import Identity
import Kernel
import Points
import Storage

/// Rounds, months and environment days of the story.
extension PointsWriter.Stage {
    func open(_ monday: Day) async throws {
        let desk = desk(monday, hour: 8)
        try await OpenRound(desk)(id, week: monday, by: chief, request: desk.ambient.newID())
    }

    /// On Sunday every team hands in its sheet and the result goes on the notice board; a grid where nobody lives keeps the round open.
    func inspect(_ monday: Day) async throws {
        guard let round = try await round(of: monday) else { return }
        let desk = desk(monday.adding(days: 6), hour: 16)
        var chance = chance("inspection", monday)
        let town = town
        for pair in try await database.read({ try RoundStore($0, town: town).pairs(of: round.id) }) {
            var lines = try await doors(under: pair.target, on: desk.today).map { Self.line($0, &chance) }
            guard let team = workers[pair.team], let first = lines.first else { return }
            // Of a grid with few doors one is always found open.
            if !lines.contains(where: \.seen) { lines[0] = .init(household: first.household, seen: true, items: [:]) }
            try await HandInSheet(desk)(desk.ambient.newID(), round: round.id, target: pair.target, lines, by: team)
        }
        try await GiveNotice(desk)(round.id, by: chief, request: desk.ambient.newID())
    }

    func post(_ monday: Day) async throws {
        guard let round = try await round(of: monday), round.stage == .notice else { return }
        let desk = desk(monday.adding(days: 10), hour: 10)
        try await PostRound(desk)(round.id, by: chief, request: desk.ambient.newID())
    }

    func close(_ month: MonthKey) async throws {
        let (town, village) = (town, id)
        let rounds = try await database.read { try RoundStore($0, town: town).rounds(of: village, in: month) }
        guard !rounds.isEmpty, rounds.allSatisfy({ $0.stage == .posted }) else { return }
        let desk = desk(month.next.first.adding(days: 11), hour: 15)
        try await CloseMonth(desk)(month, of: village, by: chief, request: desk.ambient.newID())
    }

    private func round(of monday: Day) async throws -> InspectionRound? {
        let (town, village) = (town, id)
        return try await database.read { try RoundStore($0, town: town).rounds(of: village, limit: 4) }.first {
            $0.week == monday
        }
    }

    /// Most doors are in order; some have one thing wrong, few more, and now and then nobody can look.
    private static func line(_ door: Door, _ chance: inout Chance) -> SheetRules.Line {
        guard !chance.happens(40) else { return .init(household: door.household, seen: false, items: [:]) }
        let codes = ["litter", "clutter", "weeds", "fence", "poultry", "waste-water"]
        var items: [String: Int] = [:]
        while items.count < 3, chance.happens(items.isEmpty ? 450 : 250) { items[chance.pick(codes)] = 1 }
        return .init(household: door.household, seen: true, items: items)
    }

    // MARK: Environment days

    func planEnvironmentDay(of month: MonthKey) async throws {
        let desk = desk(month.first, hour: 8)
        try await PlanEnvironmentDay(desk)(month, of: id, by: chief, request: desk.ambient.newID())
    }

    /// The chief confirms the day, and the workers write down who will come.
    func signUp(for month: MonthKey) async throws {
        guard let day = try await environmentDay(where: { $0.month == month }) else { return }
        let desk = desk(month.first.adding(days: 2), hour: 9)
        if day.stage == .proposed {
            try await ConfirmEnvironmentDay(desk)(day.id, on: day.day, by: chief, request: desk.ambient.newID())
        }
        var chance = chance("sign-ups", month.first)
        for grid in village.levelTwo {
            guard let worker = workers[grid.id] else { continue }
            for door in try await doors(under: grid.id, on: month.first).prefix(12) where chance.happens(400) {
                try await SignUpForEnvironmentDay(desk).onBehalf(
                    day.id, household: door.household, area: nil, by: worker, request: desk.ambient.newID())
            }
        }
    }

    /// On the day after an environment day the attendance is written down.
    func holdEnvironmentDay(after today: Day) async throws {
        let held = today.adding(days: -1)
        guard let day = try await environmentDay(where: { $0.day == held && $0.stage == .confirmed }) else { return }
        let (desk, town) = (desk(today, hour: 9), town)
        var chance = chance("attendance", held)
        let signed = try await database.read { try EnvironmentDayStore($0, town: town).signups(of: day.id) }
        let came = Set(signed.map(\.household).sorted().filter { _ in chance.happens(850) })
        try await RecordAttendance(desk)(day.id, came: came, by: chief, request: desk.ambient.newID())
    }

    private func environmentDay(where fits: (EnvironmentDay) -> Bool) async throws -> EnvironmentDay? {
        let (town, village) = (town, id)
        return try await database.read { try EnvironmentDayStore($0, town: town).days(of: village, limit: 3) }.first(where: fits)
    }
}
