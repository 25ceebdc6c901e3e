import Directory
import Identity
import Kernel

/// The people whose logins are stable, so that guides, tests and newcomers can rely on them (design.md §8).
enum Cast {
    /// Which member of the staff gets the login.
    struct Role: Sendable {
        let login: String
        let words: String
        let kind: PostKind
        /// The village; nil for the town.
        let village: String?
        /// Whether it must be on the grid where 春晖小区 lies.
        var isAtChunhui = false
    }

    static let staff = [
        Role(login: "town", words: "镇党建办 / town office", kind: .townOffice, village: nil),
        Role(login: "lead", words: "安平社区第一网格长 / town lead of Anping", kind: .townLead, village: VillageList.anping),
        Role(login: "chief", words: "安平社区一级网格长（书记） / grid chief of Anping", kind: .gridChief, village: VillageList.anping),
        Role(
            login: "worker", words: "安平社区二级网格员 / level-2 grid worker in Anping", kind: .gridWorker, village: VillageList.anping,
            isAtChunhui: true),
        Role(
            login: "instructor", words: "安平社区二级网格指导员 / instructor in Anping", kind: .instructor, village: VillageList.anping,
            isAtChunhui: true),
        Role(
            login: "chief-yaoqian", words: "瑶前村一级网格长（书记） / grid chief of Yaoqian", kind: .gridChief, village: VillageList.yaoqian),
        Role(
            login: "worker-yaoqian", words: "瑶前村二级网格员 / level-2 grid worker in Yaoqian", kind: .gridWorker,
            village: VillageList.yaoqian),
        Role(
            login: "chief-xingsheng", words: "兴胜社区一级网格长（书记） / grid chief of Xingsheng", kind: .gridChief,
            village: VillageList.xingsheng),
        Role(login: "chief-qianpu", words: "前埔村一级网格长（书记） / grid chief of Qianpu", kind: .gridChief, village: VillageList.qianpu),
    ]

    /// Those with an account role instead of a post, and those who answer for a unit outside the grids, who have neither. The residents
    /// live where ``ResidentMaker`` puts them, the units are ``JointStory``'s.
    static let others: [(login: String, words: String, role: AccountRole?)] = [
        ("resident", "瑶前村户籍居民 / registered resident of Yaoqian", .resident),
        ("tenant", "瑶前村租户 / tenant in Yaoqian", .resident),
        ("owner", "春晖小区业主 / owner in Chunhui Estate", .resident),
        ("operator", "系统管理员 / operator", .operator),
        ("auditor", "审计员 / auditor", .auditor),
        ("police", "安海派出所（协办单位） / police station, joint tasks", nil),
        ("power", "安海供电所（协办单位） / power supply office, joint tasks", nil),
        ("enforcement", "镇综合执法队（协办单位） / enforcement team, joint tasks", nil),
    ]

    /// Gives the stable logins to members of the staff.
    static func assign(to members: inout [StaffMember], in grids: TownGrids) {
        for role in staff {
            let places = role.village.flatMap(grids.village).map { Self.places(role, in: $0) }
            let index = members.firstIndex { member in
                !isTaken(member.login)
                    && member.posts.contains { post in
                        post.kind == role.kind && (places.map { post.grid.map($0.contains) ?? false } ?? true)
                    }
            }
            if let index { members[index].login = role.login }
        }
    }

    static func isTaken(_ login: String) -> Bool { staff.contains { $0.login == login } }

    private static func places(_ role: Role, in village: TownGrids.Village) -> [ID<GridNode>] {
        let levelTwo = village.levelTwo.map(\.id)
        switch role.kind {
        case .gridWorker, .instructor:
            guard role.isAtChunhui, let leaf = village.leaves.first(where: { $0.grid.nameZh == Cast.chunhui }) else {
                return levelTwo
            }
            return levelTwo.filter(leaf.path.contains)
        default: return [village.grid.id]
        }
    }

    static let chunhui = "春晖小区"
}
