import Directory
import Identity
import Kernel
import Matters
import Storage

/// What reporters of the four villages said of how their matters were handled: most of it agreed to be quoted and looked at by the chief, some
/// of it waits to be looked at, and some only scores (decision 0024).
struct ThanksStory: Sendable {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    private static let villages = [VillageList.anping, VillageList.xingsheng, VillageList.yaoqian, VillageList.qianpu]

    private struct Saying {
        let stars: Int
        let words: String
        var name: String?
    }

    /// From the matter closed last to earlier ones. A name, even an empty one, means that it may be quoted.
    private static let sayings: [Saying] = [
        Saying(stars: 5, words: "说了没多久就有人来看，办完还回电话告诉我。", name: "住在三楼的阿姨"),
        Saying(stars: 5, words: "来的人很客气，做完把地上也收拾干净了。", name: ""),
        Saying(stars: 3, words: ""),
        Saying(stars: 4, words: "中间等了两天，不过每一步都看得到，心里有数。", name: "老蔡"),
        Saying(stars: 5, words: "我不会用手机，是网格员上门记下来的，谢谢你们。", name: "阿婆"),
        Saying(stars: 4, words: ""),
        Saying(stars: 5, words: "这件事拖了很久，这次总算有人管到底。", name: ""),
    ]

    func write() async throws {
        for village in Self.villages {
            guard let chief = plan.chief(of: village) else { continue }
            let recent = try await closed(chief)
            for (place, (matter, saying)) in zip(recent, Self.sayings).enumerated() {
                try await rate(matter, saying, isLooked: place > 0, chief)
            }
        }
    }

    /// - Parameter isLooked: whether the chief has shown it.
    private func rate(_ matter: Matter, _ saying: Saying, isLooked: Bool, _ chief: Principal) async throws {
        guard let closedAt = matter.closedAt else { return }
        func desk(_ delay: Span) -> MatterDesk {
            let at = min(closedAt + delay, plan.time.end)
            let ambient = Ambient.seeded(plan.seed, "thanks \(delay) \(matter.id)", at: at)
            return MatterDesk(database: database, ambient: ambient, vault: vault, directory: DirectoryCache())
        }
        let said = desk(.hours(3))
        let order = RatingOrder(
            id: said.ambient.newID(), number: matter.number, satisfied: true, stars: saying.stars, words: saying.words,
            mayQuote: saying.name != nil, name: saying.name ?? "")
        try await RateMatter(said)(order, town: plan.town.id)
        guard isLooked, saying.name != nil else { return }
        let looked = desk(.hours(20))
        try await DecideQuote(looked)(.show, order.id, reason: "", by: chief, request: looked.ambient.newID())
    }

    /// Those that everybody may read, the newest first.
    private func closed(_ chief: Principal) async throws -> [Matter] {
        let (tree, now) = (plan.tree, plan.time.end)
        return try await database.read { tx in
            let reach = MatterReach(try chief.scope(for: .readMatter), tree)
            let found = try MatterListStore(tx, town: plan.town.id, at: now)
                .list(reach, hiding: RestrictedReach(chief), MatterFilter(isOpen: false, stage: .closed))
            return found.matters.filter { matter in
                !matter.isRestricted && matter.closedAt.map { now <= $0 + RatingRules.window } ?? false
            }
        }
    }
}
