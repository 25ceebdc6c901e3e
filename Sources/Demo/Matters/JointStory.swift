import Directory
import Identity
import Kernel
import Matters
import Storage

/// Units outside the grids, who answers for them, and what they were asked: one waits, one works, one has refused, one is done.
struct JointStory: Sendable {
    private let plan: TownPlan
    private let database: any Database
    private let vault: Vault
    private let ambient: Ambient

    /// The login of whoever answers for a unit; nil for units that nobody signs in for.
    private static let units: [(zh: String, en: String, contact: String, login: String?)] = [
        ("安海派出所", "Anhai Police Station", "社区警务队", "police"),
        ("安海供电所", "Anhai Power Supply Office", "抢修班", "power"),
        ("镇综合执法队", "Town Enforcement Team", "值班室", "enforcement"), ("安海市场监督管理所", "Anhai Market Supervision Office", "综合股", nil),
        ("安海医院", "Anhai Hospital", "公共卫生科", nil),
    ]

    init(plan: TownPlan, database: any Database, vault: Vault) {
        (self.plan, self.database, self.vault) = (plan, database, vault)
        ambient = .seeded(plan.seed, "joint tasks", at: plan.time.installed.instant(hour: 14))
    }

    private func desk(day: Int, hour: Int) -> MatterDesk {
        MatterDesk(
            database: database, ambient: ambient.at(plan.time.today.adding(days: day).instant(hour: hour)), vault: vault,
            directory: DirectoryCache())
    }

    private func principal(_ login: String, over scope: Scope) -> Principal? {
        plan.member(login).map { member in
            let kind = member.posts.first?.kind ?? .gridWorker
            let permissions = MattersRoom.grants[kind, default: []].union(scope == .town ? [.postAppoint] : [])
            return Principal(
                town: plan.town.id, account: member.account, person: member.person.id, name: member.person.name,
                grants: Dictionary(permissions.map { ($0, scope) }) { first, _ in first },
                post: member.posts.first.map { PostTitle.of($0, in: plan.tree) } ?? "")
        }
    }

    // MARK: Units

    /// - Returns: the people behind the logins.
    func writeUnits() async throws -> [String: Person] {
        guard let office = principal("town", over: .town) else { return [:] }
        let town = plan.town.id
        var (chance, people) = (Chance(seed: plan.seed, "people of units"), [String: Person]())
        let desk = MatterDesk(database: database, ambient: ambient, vault: vault, directory: DirectoryCache())
        for (index, entry) in Self.units.enumerated() {
            var draft = UnitDraft()
            (draft.nameZh, draft.nameEn, draft.contact) = (entry.zh, entry.en, entry.contact)
            (draft.phone, draft.respondWithin, draft.finishWithin) = (DemoPhones.duty(9001 + index), "4h", "3d")
            let unit = try await KeepUnits(desk)(draft, by: office, request: ambient.newID())
            guard let login = entry.login else { continue }
            let name = Names().name(&chance)
            try await KeepUnits(desk).admit(
                name, phone: DemoPhones.mobile(chance.next()), to: unit, by: office, request: ambient.newID())
            let day = ambient.now().day()
            people[login] = try await database.read { tx in
                try UnitStore(tx, town: town).members(of: unit, on: day).last.map { Person(id: $0.member.person, name: $0.name) }
            }
        }
        return people
    }

    // MARK: Tasks

    /// After matters and accounts are there.
    func writeTasks() async throws {
        let anping = plan.grids.village(VillageList.anping)?.grid.id
        guard let anping, let office = principal("town", over: .town), let chief = principal("chief", over: .grids([anping]))
        else { return }
        try await tell("0303", "安海派出所", "请上门找车主谈话，楼下飞线充电拔了又拉。", "社区劝过两次，车主不开门。", office, chief) { _, _ in }
        try await tell("0102", "安海供电所", "请派人测一下小区路灯电缆，看哪几段要换。", "电缆老化，社区没有检测设备。", office, chief) { task, people in
            try await act(.accept, task, people["power"], day: -2, hour: 15, "周五上午带仪器来测。")
        }
        try await tell("0205", "镇综合执法队", "请沿水沟往上查污水从哪家出来。", "涉及企业排污，要有执法权的人进厂。", office, chief) { task, people in
            try await act(.refuse, task, people["enforcement"], day: -2, hour: 16, "排污归生态环境部门管，我们没有检测和处罚权。")
        }
        try await tell("0304", "安海供电所", "请检查小吃店的用电线路。", "店里线路私接，要专业人员看。", office, chief) { task, people in
            let taken = try await act(.accept, task, people["power"], day: -2, hour: 11, "")
            if let taken { try await act(.finish, taken, people["power"], day: -1, hour: 10, "私接的线已拆，装了漏电保护，现场教了店主。") }
        }
    }

    /// Asks a unit about the newest open matter of a category in 安平, two or three days ago.
    private func tell(
        _ category: String, _ unit: String, _ asked: String, _ reason: String, _ office: Principal, _ chief: Principal,
        _ then: (JointTask, [String: Principal]) async throws -> Void
    ) async throws {
        let desk = desk(day: category == "0303" ? -1 : -3, hour: 10)
        let (town, tree) = (plan.town.id, plan.tree)
        guard let scope = chief.grants[.readMatter] else { return }
        let found = try await database.read { tx -> (Matter, ID<JointUnit>)? in
            let reach = MatterReach(scope, tree)
            let filter = MatterFilter(category: category)
            let list = try MatterListStore(tx, town: town, at: desk.ambient.now()).list(
                reach, hiding: RestrictedReach(office), filter)
            let before = list.matters.first { $0.reportedAt < desk.ambient.now() }
            let known = try UnitStore(tx, town: town).all().first { $0.nameZh == unit }
            return before.flatMap { matter in known.map { (matter, $0.id) } }
        }
        guard let (matter, unit) = found else { return }
        let request = JointRequest(id: desk.ambient.newID(), matter: matter.id, unit: unit, asked: asked, reason: reason)
        let task = try await AskUnit(desk)(request, by: matter.holder == .town ? office : chief)
        var people: [String: Principal] = [:]
        for login in Self.units.compactMap(\.login) { people[login] = try await answering(login: login) }
        try await then(task, people)
    }

    @discardableResult
    private func act(
        _ act: JointAct, _ task: JointTask, _ principal: Principal?, day: Int, hour: Int, _ words: String
    ) async throws -> JointTask? {
        guard let principal else { return nil }
        let desk = desk(day: day, hour: hour)
        let order = JointOrder(id: desk.ambient.newID(), task: task.id, version: task.version, by: principal)
        return try await ActOnJointTask(desk)(act, order, words: words)
    }

    /// Whoever signs in by `login`, with what their unit gives them.
    private func answering(login: String) async throws -> Principal? {
        let (town, day) = (plan.town.id, plan.time.today)
        return try await database.read { tx in
            guard let account = try AccountStore(tx).find(login: login, town: town), let person = account.person else {
                return nil
            }
            let held = try UnitGrants.held(tx, town: town, person: person, day: day)
            return Principal(
                town: town, account: account.id, person: person, name: account.name, grants: held.grants, post: held.label)
        }
    }
}
