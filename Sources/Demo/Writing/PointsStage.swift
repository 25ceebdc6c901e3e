import Directory
import Identity
import Kernel
import Points
import Storage

extension PointsWriter {
    /// The village while its story is played: who acts, and when.
    struct Stage: Sendable {
        let plan: TownPlan
        let database: any Database
        let village: TownGrids.Village
        let chief: Principal
        private let ambient: Ambient
        private let tree: GridTree
        /// By the grid they are for.
        private let workers: [ID<GridNode>: Principal]

        /// Nil when the village has no chief.
        init?(_ plan: TownPlan, _ database: any Database, _ village: TownGrids.Village) {
            let tree = plan.tree
            func holder(_ kind: PostKind, on grid: ID<GridNode>) -> Principal? {
                guard let post = tree.posts(on: grid, kind).first,
                    let member = plan.members.first(where: { $0.person.id == post.person })
                else { return nil }
                let grants = PointsPermissions.grants[kind, default: []].map { ($0, Scope.grids([grid])) }
                return Principal(
                    town: plan.town.id, account: member.account, person: member.person.id, name: member.person.name,
                    grants: Dictionary(grants) { first, _ in first }, post: PostTitle.of(post, in: tree))
            }
            guard let chief = holder(.gridChief, on: village.grid.id) else { return nil }
            let grids = tree.descendants(of: village.grid.id).map(\.id)
            workers = Dictionary(grids.compactMap { grid in holder(.gridWorker, on: grid).map { (grid, $0) } }) { first, _ in first }
            self.plan = plan
            self.database = database
            self.village = village
            self.chief = chief
            self.tree = tree
            ambient = .seeded(plan.seed, "points of the village", at: plan.time.installed.instant(hour: 9))
        }

        private var id: ID<GridNode> { village.grid.id }

        /// The room as it is on a day. The grids of the demo have stood since before it began.
        private func desk(_ day: Day, hour: Int) -> PointsDesk {
            let tree = tree
            return PointsDesk(
                database: database, ambient: ambient.at(day.instant(hour: hour)), tree: { _, _, _ in tree },
                calendar: { _, _ in .shipped })
        }

        /// Both sets, decided by the villagers a month after the town began to work with the product.
        func adoptRules() async throws {
            let decided = plan.time.installed.adding(days: 30)
            for (index, audience) in Audience.allCases.enumerated() {
                let desk = desk(decided, hour: 9 + index)
                let draft = try await DraftRuleSet(desk)(audience, of: id, by: chief, request: desk.ambient.newID())
                try await AdoptRuleSet(desk)(
                    draft.id, decision: "瑶村决〔\(decided.year)〕\(index + 3)号", decidedOn: decided,
                    from: decided.adding(days: 10), allowsDebt: false, by: chief, request: desk.ambient.newID())
            }
        }

        /// Opened on Monday, inspected and put on notice on Sunday, posted on the Thursday after; as far as these days have passed.
        func round(of monday: Day, _ chance: inout Chance) async throws {
            let today = plan.time.today
            let opening = desk(monday, hour: 8)
            let round = try await OpenRound(opening)(id, week: monday, by: chief, request: opening.ambient.newID())
            let sunday = monday.adding(days: 6)
            guard sunday < today else { return }
            let desk = desk(sunday, hour: 16)
            for pair in try await pairs(of: round.id) {
                guard let team = workers[pair.team] else { continue }
                let doors = try await doors(under: pair.target, on: sunday)
                let lines = doors.map { Self.line($0, &chance) }
                guard lines.contains(where: \.seen) else { return }
                try await HandInSheet(desk)(desk.ambient.newID(), round: round.id, target: pair.target, lines, by: team)
            }
            try await GiveNotice(desk)(round.id, by: chief, request: desk.ambient.newID())
            let thursday = sunday.adding(days: 4)
            // The last full week waits on the notice board for somebody to post it.
            guard thursday < today, monday.adding(days: 14) <= today.adding(days: 1 - today.weekday) else { return }
            let posting = self.desk(thursday, hour: 10)
            try await PostRound(posting)(round.id, by: chief, request: posting.ambient.newID())
        }

        func close(_ month: MonthKey) async throws {
            let rounds = try await database.read { [town = plan.town.id, id] in try RoundStore($0, town: town).rounds(of: id, in: month) }
            guard !rounds.isEmpty, rounds.allSatisfy({ $0.stage == .posted }) else { return }
            let desk = desk(month.next.first.adding(days: 11), hour: 15)
            try await CloseMonth(desk)(month, of: id, by: chief, request: desk.ambient.newID())
        }

        private func pairs(of round: ID<InspectionRound>) async throws -> [InspectionPair] {
            try await database.read { [town = plan.town.id] in try RoundStore($0, town: town).pairs(of: round) }
        }

        func doors(under grid: ID<GridNode>, on day: Day) async throws -> [Door] {
            try await database.read { [town = plan.town.id] in try DoorStore($0, town: town).doors(under: grid, on: day) }
        }

        /// Most doors are in order; some have one thing wrong, few two, and now and then nobody can look.
        private static func line(_ door: Door, _ chance: inout Chance) -> SheetRules.Line {
            guard !chance.happens(40) else { return .init(household: door.household, seen: false, items: [:]) }
            let codes = ["litter", "clutter", "weeds", "fence", "poultry", "waste-water"]
            var items: [String: Int] = [:]
            while chance.happens(items.isEmpty ? 450 : 250), items.count < 3 { items[chance.pick(codes)] = 1 }
            return .init(household: door.household, seen: true, items: items)
        }

        // MARK: Environment days and awards

        func environmentDay(of month: MonthKey, _ chance: inout Chance) async throws {
            let today = plan.time.today
            guard month.first < today else { return }
            let planning = desk(month.first, hour: 8)
            let day = try await PlanEnvironmentDay(planning)(month, of: id, by: chief, request: planning.ambient.newID())
            let confirming = desk(month.first.adding(days: 2), hour: 9)
            guard month.first.adding(days: 2) < today else { return }
            if day.stage == .proposed {
                try await ConfirmEnvironmentDay(confirming)(day.id, on: day.day, by: chief, request: confirming.ambient.newID())
            }
            for grid in village.levelTwo {
                guard let worker = workers[grid.id] else { continue }
                for door in try await doors(under: grid.id, on: month.first).prefix(12) where chance.happens(400) {
                    try await SignUpForEnvironmentDay(confirming).onBehalf(
                        day.id, household: door.household, area: nil, by: worker, request: confirming.ambient.newID())
                }
            }
            guard day.day.adding(days: 1) < today else { return }
            let after = desk(day.day.adding(days: 1), hour: 9)
            let signed = try await database.read { [town = plan.town.id] in try EnvironmentDayStore($0, town: town).signups(of: day.id) }
            let came = Set(signed.map(\.household).sorted().filter { _ in chance.happens(850) })
            try await RecordAttendance(after)(day.id, came: came, by: chief, request: after.ambient.newID())
        }

        /// What the staff award by hand.
        func awards(in month: MonthKey, limit: Int, _ chance: inout Chance) async throws {
            let rules = ["clear-yard", "volunteer-hour", "mutual-help", "spread-word", "report-hazard"]
            let notes = ["mutual-help": "帮独居老人买菜送饭", "spread-word": "挨户讲防诈骗"]
            for door in try await doors(under: id, on: month.first).prefix(limit) where chance.happens(600) {
                let day = month.first.adding(days: chance.within(1...26))
                let rule = chance.pick(rules)
                guard day < plan.time.today, let worker = worker(of: door) else { continue }
                let desk = desk(day, hour: 18)
                _ = try await AwardPoints(desk)(
                    Posting(
                        id: desk.ambient.newID(), household: door.household, rule: rule, day: day, cause: .award,
                        note: notes[rule, default: ""]), by: worker)
            }
        }

        private func worker(of door: Door) -> Principal? {
            tree.path(door.grid).reversed().lazy.compactMap { workers[$0.id] }.first
        }
    }
}
