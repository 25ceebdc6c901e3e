import Directory
import Identity
import Kernel
import Matters
import Storage

/// What the office of 安平 keeps by it: two filters that everybody there shares, an urge and a note on a matter that is due.
struct ToolsStory: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    func write() async throws {
        guard let chief = plan.chief(of: VillageList.anping) else { return }
        let ambient = Ambient.seeded(plan.seed, "tools of the office", at: plan.time.end)
        let desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: DirectoryCache())
        for (name, query) in [("超期的", "tab=open&due=late&order=due"), ("等回访的", "tab=follow-up")] {
            try await KeepFilter(desk)(ambient.newID(), name: name, query: query, isShared: true, by: chief)
        }
        for matter in try await pressing(desk, chief) {
            let id: ID<Urge> = ambient.newID()
            do {
                try await UrgeMatter(desk)(id, matter.id, version: matter.version, words: "今天到期，请到现场看看，办不了的说明原因。", by: chief)
            } catch is Forbidden {
                // The town holds it, and nobody stands above.
                continue
            }
            let words = "门口值班的同志说下午三点以后有人在，约好再去。"
            return try await WriteNote(desk)(ambient.newID(), on: matter.id, words: words, by: chief)
        }
    }

    private func pressing(_ desk: MatterDesk, _ chief: Principal) async throws -> [Matter] {
        let (tree, now) = (plan.tree, plan.time.end)
        var filter = MatterFilter()
        filter.due = .today
        let wanted = filter
        return try await database.read { tx in
            let reach = MatterReach(try chief.scope(for: .readMatter), tree)
            return try MatterListStore(tx, town: plan.town.id, at: now).list(reach, hiding: RestrictedReach(chief), wanted)
                .matters
        }
    }
}
