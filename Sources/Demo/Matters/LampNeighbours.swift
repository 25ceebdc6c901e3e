import Directory
import Identity
import Kernel
import Matters
import Storage

/// Neighbours of 春晖小区 who join in with the dark lamps instead of reporting them again (domain.md F16: five people, one matter).
struct LampNeighbours {
    let plan: TownPlan
    let database: any Database
    let vault: Vault

    private static let neighbours = [
        ("林女士", "晚上带孩子下楼看不见台阶。"), ("王先生", ""), ("老吴", "8 号楼那边也是黑的。"), ("阿珍", ""),
    ]

    func write() async throws {
        let ambient = Ambient.seeded(plan.seed, "neighbours of the lamps", at: plan.time.end)
        let desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: DirectoryCache())
        var filter = PublicMatterFilter(limit: 50)
        (filter.categories, filter.isOpen) = (["0102"], true)
        let (matters, tree, _) = try await ReadPublicMatters(desk)(filter, town: plan.town.id)
        guard let lamps = matters.first(where: { tree.grid($0.grid)?.nameZh == Cast.chunhui }) else { return }
        for (name, words) in Self.neighbours {
            let report = MatterReport(
                id: ambient.newID(), category: lamps.category, words: words, place: .init(grid: lamps.grid), name: name, phone: ""
            )
            _ = try await JoinMatter(desk)(lamps.id, report, from: ReportSender(town: plan.town.id, principal: nil))
        }
    }
}
