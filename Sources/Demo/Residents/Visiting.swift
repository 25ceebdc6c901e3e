import Directory
import Kernel
import Registers

/// Who went to see whom: the workers of a grid visit its households, those who need it more often.
struct Visiting: Sendable {
    private var chance: Chance
    private let plan: TownPlan
    private let paths: [ID<GridNode>: [ID<GridNode>]]
    private let workers: [ID<GridNode>: (member: StaffMember, post: String)]

    init(_ plan: TownPlan) {
        self.plan = plan
        chance = Chance(seed: plan.seed, "visits")
        paths = Dictionary(plan.grids.villages.flatMap(\.leaves).map { ($0.grid.id, $0.path) }) { first, _ in first }
        let tree = plan.tree
        var workers: [ID<GridNode>: (member: StaffMember, post: String)] = [:]
        for member in plan.members {
            for post in member.posts where post.kind == .gridWorker && post.term.contains(plan.time.today) {
                if let grid = post.grid, workers[grid] == nil { workers[grid] = (member, PostTitle.of(post, in: tree)) }
            }
        }
        self.workers = workers
    }

    func village(of grid: ID<GridNode>) -> ID<GridNode>? { paths[grid]?.first }

    mutating func newID<Kind>() -> ID<Kind> { chance.newID(at: plan.time.installed.instant(hour: 13)) }

    private static let notes = ["一切正常。", "老人身体还好，提醒按时吃药。", "家里电线老化，已提醒更换。", "说晚上巷口太暗。", "儿女外出务工，留了邻居电话。", "提醒防诈骗。"]

    /// Whoever works in the grid or, when nobody does, above it.
    private func worker(of grid: ID<GridNode>) -> (member: StaffMember, post: String)? {
        (paths[grid] ?? []).reversed().lazy.compactMap { workers[$0] }.first
    }

    /// The latest visit to a household; nil when nobody has been there.
    mutating func visit(to household: Household, isKnownToNeed: Bool) -> HomeVisit? {
        guard chance.happens(isKnownToNeed ? 900 : 600), let worker = worker(of: household.grid) else { return nil }
        let back = isKnownToNeed ? chance.within(1...100) : chance.within(1...300)
        let at = plan.time.today.adding(days: -back).instant(hour: chance.within(9...17), minute: chance.within(0...59))
        return HomeVisit(
            id: chance.newID(at: at), place: .household(household.id), grid: household.grid,
            channel: chance.pick([.door, .door, .door, .phone, .met]), at: at, enteredAt: at, account: worker.member.account,
            byName: worker.member.person.name, byPost: worker.post, note: chance.happens(500) ? chance.pick(Self.notes) : nil)
    }
}
