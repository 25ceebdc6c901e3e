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
        let workers: [ID<GridNode>: Principal]

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
            workers = Dictionary(grids.compactMap { grid in holder(.gridWorker, on: grid).map { (grid, $0) } }) { first, _ in
                first
            }
            self.plan = plan
            self.database = database
            self.village = village
            self.chief = chief
            self.tree = tree
            ambient = .seeded(plan.seed, "points of the village", at: plan.time.installed.instant(hour: 9))
        }

        var id: ID<GridNode> { village.grid.id }
        var town: ID<Town> { plan.town.id }

        /// The room as it is on a day. The grids of the demo have stood since before it began.
        func desk(_ day: Day, hour: Int) -> PointsDesk {
            let tree = tree
            return PointsDesk(
                database: database, ambient: ambient.at(day.instant(hour: hour)), tree: { _, _, _ in tree },
                calendar: { _, _ in .shipped })
        }

        /// Chance of its own for every day and purpose.
        func chance(_ purpose: String, _ day: Day) -> Chance { Chance(seed: plan.seed, "points \(purpose) \(day)") }

        func doors(under grid: ID<GridNode>, on day: Day) async throws -> [Door] {
            let town = town
            return try await database.read { try DoorStore($0, town: town).doors(under: grid, on: day) }
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

        /// What the staff award by hand: in a village of any size about one household a day.
        func awards(on day: Day) async throws {
            var chance = chance("awards", day)
            let rules = ["volunteer-hour", "mutual-help", "spread-word", "report-hazard"]
            let notes = ["mutual-help": "帮独居老人买菜送饭", "spread-word": "挨户讲防诈骗"]
            guard chance.happens(700) else { return }
            let doors = try await doors(under: id, on: day)
            guard !doors.isEmpty else { return }
            let (door, rule) = (chance.pick(doors), chance.pick(rules))
            guard let worker = tree.path(door.grid).reversed().lazy.compactMap({ workers[$0.id] }).first else { return }
            let desk = desk(day, hour: 18)
            do {
                _ = try await AwardPoints(desk)(
                    Posting(
                        id: desk.ambient.newID(), household: door.household, rule: rule, day: day, cause: .award,
                        note: notes[rule, default: ""]), by: worker)
            } catch is Conflict {
                // The household has reached the cap of that rule.
            } catch is Forbidden {
                // The worker lives there.
            }
        }
    }
}
