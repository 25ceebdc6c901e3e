import Directory
import Identity
import Kernel
import Matters
import Storage
import TestSupport
import Testing

@testable import Demo

@Suite struct LivesTests {
    private static let limit = Instant.testStart.day().instant(hour: 0)

    /// A few thousand matters without a database.
    private func year(seed: UInt64 = 1, count: Int = 3000) throws -> (plan: TownPlan, files: [MatterFile]) {
        let plan = try TownPlan(seed: seed, time: DemoTime(now: .testStart))
        let maker = MatterMaker(plan)
        return (plan, Array(MatterYear(plan, maker, count: count)) + StoryMatters.make(plan, maker, from: count + 1))
    }

    @Test func `every matter's history leads by the rules to where it stands`() throws {
        let (plan, files) = try year()
        let tree = plan.tree
        #expect(files.count == 3000 + StoryMatters.count)
        for file in files {
            let matter = file.matter
            let path = tree.rungs(to: matter.place.grid)
            var (stage, holder) = (MatterStage.collected, RoutingRules.start(matter.tier, path: path))
            #expect(file.events.first?.kind == .reported && file.events.first?.toHolder == holder)
            #expect(file.events.map(\.version) == Array(1...file.events.count) && matter.version == file.events.count)
            #expect(file.events.map(\.at) == file.events.map(\.at).sorted() && matter.reportedAt == file.events[0].at)
            #expect(file.events.allSatisfy { $0.at < Self.limit })
            for event in file.events.dropFirst() {
                #expect(event.fromStage == stage && event.fromHolder == holder && event.actor != nil)
                let act: MatterAct =
                    switch event.kind {
                    case .escalated: .escalate
                    case .returned: .return
                    case .handled: .handle
                    case .followedUp: .followUp
                    case .siteChecked, .reported, .upgraded, .handedOver, .regridded, .merged, .splitOff, .tookIn, .gaveUp:
                        .siteCheck
                    }
                #expect(StageRules.allows(act, in: stage))
                (stage, holder) = (event.toStage, event.toHolder)
            }
            #expect(stage == matter.stage && holder == matter.holder && (stage == .closed) == (matter.closedAt != nil))
            if let point = matter.place.coordinate { #expect(tree.path(at: point).last?.id == matter.place.grid) }
            #expect(!matter.words.contains("{") && matter.words.count <= Matter.wordsLimit)
        }
        #expect(Set(files.map(\.matter.number)).count == files.count)
    }

    @Test func `nobody follows up their own work, and everybody acts within their own grids and term`() throws {
        let (plan, files) = try year()
        let tree = plan.tree
        let posts = Dictionary(grouping: plan.members.flatMap { member in member.posts.map { (member.account, $0) } }, by: \.0)
        for file in files {
            var handlers: Set<ID<AccountNode>> = []
            for event in file.events {
                guard let actor = event.actor else { continue }
                let held = posts[actor.account, default: []].map(\.1).filter { $0.term.contains(event.at.day()) }
                let scope = held.reduce(Scope.nothing) { $0.union($1.grid.map { .grids([$0]) } ?? .town) }
                if event.kind == .followedUp {
                    #expect(!handlers.contains(actor.account))
                    #expect(scope.covers(tree.path(file.matter.place.grid).map(\.id)))
                } else if let holder = event.fromHolder {
                    #expect(scope == .town || scope.covers(tree.holderPath(holder)))
                    #expect(held.contains { $0.kind != .instructor })
                }
                if event.kind == .siteChecked || event.kind == .handled { handlers.insert(actor.account) }
            }
        }
    }

    @Test func `most matters are closed, some opened again or went up, and open ones stand in every stage and level`() throws {
        let files = try year(count: 10_000).files
        let matters = files.map(\.matter)
        let share = { (count: Int) in Double(count) / Double(matters.count) }
        let open = matters.filter(\.stage.isOpen)
        let up = share(files.count { $0.events.contains { $0.kind == .escalated } })
        #expect((0.008...0.03).contains(share(open.count)))
        #expect((0.03...0.05).contains(share(matters.count { $0.reopened > 0 })))
        #expect((0.05...0.08).contains(up))
        #expect(Set(open.map(\.stage)) == [.collected, .accepted, .handled] && Set(open.map(\.holder.level)) == [0, 1, 2, 3])
        let lamps = matters.filter { $0.category == "0102" && $0.words.contains("小区里的路灯") }
        #expect(lamps.count == 1 && lamps[0].stage == .accepted && lamps[0].holder.level == 1)
    }

    @Test func `every category has words enough`() {
        for category in Taxonomy.default.categories {
            let words = MatterWords.all[category.code]
            #expect((words?.reports.count ?? 0) >= 4 && (words?.replies.count ?? 0) >= 2, "\(category.code)")
        }
    }
}
