import Directory
import Kernel

/// Everything of the town but its residents and matters, made up in memory before anything is written.
struct TownPlan: Sendable {
    let seed: UInt64
    let time: DemoTime
    let town: TownRecord
    let grids: TownGrids
    let members: [StaffMember]
    /// The tree as the product will read it today.
    let tree: GridTree

    /// - Throws: ``Growth/Stuck`` when the ground cannot be divided.
    init(seed: UInt64, time: DemoTime) throws {
        self.seed = seed
        self.time = time
        var chance = Chance(seed: seed, "town")
        let id: ID<Town> = chance.newID(at: time.installed.instant(hour: 8))
        town = TownRecord(
            id: id, codeSystem: "nbs", code: VillageList.townCode, nameZh: "安海镇", nameEn: "Anhai Town", hostUnit: "安海镇人民政府（演示）",
            filing: "演示数据 / demonstration")
        var ground = Chance(seed: seed, "grids")
        let drafts = TownDraft.villages(&ground)
        grids = TownGrids(try Layout(drafts, &ground), town: id, time: time, &ground)
        members = Staffing.members(of: grids, time: time, Chance(seed: seed, "staff"))
        tree = GridTree(town: id, day: time.today, grids: grids.all, posts: members.flatMap(\.posts), areas: grids.areas)
    }

    /// Who is in office under this login.
    func member(_ login: String) -> StaffMember? { members.first { $0.login == login } }
}
