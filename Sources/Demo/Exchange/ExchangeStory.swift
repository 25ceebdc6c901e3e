import Directory
import Identity
import Kernel
import Media
import Points
import Storage

/// The exchange of 瑶前 after some weeks: a shelf of goods, what households redeemed, claims that were approved and some that wait (F54–F57).
struct ExchangeStory: Sendable {
    let plan: TownPlan
    let database: any Database
    private let ambient: Ambient

    /// What is on the shelf: names, points each, how many were brought in.
    private static let goods: [(zh: String, en: String, price: Int, stock: Int)] = [
        ("肥皂", "Bar of soap", 5, 120), ("抽纸一提", "Pack of tissues", 10, 200), ("洗衣液 2 升", "Washing liquid, 2 l", 30, 40),
        ("大米 5 公斤", "Rice, 5 kg", 50, 60), ("食用油 5 升", "Cooking oil, 5 l", 80, 3),
    ]
    private static let claims: [(rule: String, words: String)] = [
        ("mutual-help", "帮隔壁阿婆搬米上楼"), ("spread-word", "在巷口给外来租户讲防火"), ("mutual-help", "台风前帮邻居加固雨棚"),
    ]

    init(plan: TownPlan, database: any Database) {
        self.plan = plan
        self.database = database
        ambient = .seeded(plan.seed, "exchange", at: plan.time.installed.instant(hour: 9))
    }

    func write() async throws {
        guard let village = plan.grids.village(VillageList.yaoqian)?.grid.id, let chief = principal("chief-yaoqian", in: village),
            let worker = principal("worker-yaoqian", in: village)
        else { return }
        let (town, today) = (plan.town.id, plan.time.today)
        let isOn = try await database.read { try VillageStore($0, town: town).isOn(.points, in: village) }
        guard isOn else { return }
        try await decideRules(of: village, by: chief)
        try await SetExposurePolicy(desk(day: -200))(
            village, decision: "瑶村决〔2025〕3号", on: today.adding(days: -210), days: "7", by: chief, request: ambient.newID())
        let shelf = try await fillShelf(of: village, by: chief)
        let homes = try await homes(in: village)
        for (index, home) in homes.enumerated() { try await live(home, index, shelf, worker, chief) }
        try await claimAsResident(chief)
    }

    // MARK: Before

    private func desk(day: Int, hour: Int = 10) -> PointsDesk {
        PointsDesk(
            database: database, ambient: ambient.at(plan.time.today.adding(days: day).instant(hour: hour)),
            directory: DirectoryCache())
    }

    /// Somebody of the staff with what their post allows in the village.
    private func principal(_ login: String, in village: ID<GridNode>) -> Principal? {
        plan.member(login).map { member in
            let kind = member.posts.first?.kind ?? .gridWorker
            let grants = PointsRoom.grants[kind, default: []].map { ($0, Scope.grids([village])) }
            return Principal(
                town: plan.town.id, account: member.account, person: member.person.id, name: member.person.name,
                grants: Dictionary(grants) { first, _ in first },
                post: member.posts.first.map { PostTitle.of($0, in: plan.tree) } ?? "")
        }
    }

    /// The rule sets that the villagers decided on, unless somebody has written them already.
    private func decideRules(of village: ID<GridNode>, by chief: Principal) async throws {
        let (town, ambient) = (plan.town.id, ambient)
        let day = plan.time.today.adding(days: -300)
        try await database.write { tx in
            let sets = RuleSetStore(tx, town: town)
            for (number, audience) in Audience.allCases.enumerated() where try sets.inForce(village, audience, on: day) == nil {
                guard try sets.all(of: village).allSatisfy({ $0.audience != audience }) else { continue }
                let draft = RuleSet.starting(audience, of: village, id: ambient.newID(), ruleID: { ambient.newID() })
                try sets.insert(
                    RuleSet(
                        id: draft.id, village: village, audience: audience, version: 1, from: day,
                        decision: .init(number: "瑶村决〔2025〕\(number + 1)号", day: day.adding(days: -7)), rules: draft.rules))
            }
        }
    }

    private func fillShelf(of village: ID<GridNode>, by chief: Principal) async throws -> [Good] {
        let desk = desk(day: -40)
        var shelf: [Good] = []
        for good in Self.goods {
            let bare = try await KeepGoods(desk).add(
                GoodDraft(nameZh: good.zh, nameEn: good.en, price: String(good.price)), to: village, by: chief,
                request: ambient.newID())
            shelf.append(
                try await KeepStock(desk).move(
                    bare.id, .delivery, count: String(good.stock), note: "安海供销社", by: chief, request: ambient.newID()))
        }
        return shelf
    }

    /// Some households of the village, that of the login `resident` first.
    private func homes(in village: ID<GridNode>) async throws -> [Door] {
        let (town, today) = (plan.town.id, plan.time.today)
        return try await database.read { tx in
            let doors = DoorStore(tx, town: town)
            let person = try AccountStore(tx).find(login: "resident", town: town)?.person
            let own = try person.map { try doors.doors(of: $0, on: today) } ?? []
            let since = today.adding(days: -40)
            let others = try doors.doors(under: village, on: since).prefix(12).filter { other in
                !own.contains { $0.household == other.household }
            }
            return try own + others.filter { try !doors.kinds(of: $0.household, on: since).isEmpty }
        }
    }

    // MARK: Living

    /// A household helps, is given points, and spends some of them.
    private func live(_ home: Door, _ index: Int, _ shelf: [Good], _ worker: Principal, _ chief: Principal) async throws {
        let town = plan.town.id
        for week in 0..<4 {
            let (day, desk) = (plan.time.today.adding(days: week * 7 - 35), desk(day: week * 7 - 35, hour: 16))
            let ids = (0..<3).map { _ in ambient.newID(PointsEntry.self) }
            // What a cap leaves no room for is not given.
            try await unlessRefused {
                try await database.write { tx in
                    let ledger = PointsLedger(tx, town: town, by: worker, ambient: desk.ambient)
                    for id in ids {
                        _ = try ledger.post(
                            Posting(
                                id: id, household: home.household, rule: "volunteer-hour", day: day, cause: .award,
                                note: "参加村里志愿服务"))
                    }
                }
            }
        }
        let claim = Self.claims[index % Self.claims.count]
        let at = desk(day: -5 - index % 3, hour: 17)
        let draft = ClaimDraft(
            id: ambient.newID(), household: home.household, rule: claim.rule, day: plan.time.today.adding(days: -6 - index % 3),
            words: claim.words, channel: index % 2 == 0 ? .proxy : .card)
        let made = try await ClaimPoints(at, Darkroom())(draft, by: worker)
        if index % 4 != 3 {
            try await unlessRefused {
                _ = try await DecideClaim(desk(day: -4, hour: 9)).approve(made.id, by: chief, request: ambient.newID())
            }
        }
        let card = try await database.read { try WalletStore($0, town: town).find(home.household)?.card }
        guard let card, index % 3 != 2 else { return }
        let redeem = RedeemPoints(desk(day: -1 - index % 3, hour: 10 + index % 6))
        try await unlessRefused {
            _ = try await redeem(SaleOrder(id: ambient.newID(), good: shelf[index % 2].id, card: card, by: worker))
        }
    }

    /// Goes on when the rules refuse `work`: a cap is reached, or a household has too few points.
    private func unlessRefused(_ work: () async throws -> Void) async throws {
        do { try await work() } catch is Conflict {}
    }

    /// The resident has claimed something that nobody has looked at yet.
    private func claimAsResident(_ chief: Principal) async throws {
        let (town, today) = (plan.town.id, plan.time.today)
        let desk = desk(day: -1, hour: 20)
        let found = try await database.read { tx -> (Account, Door)? in
            guard let account = try AccountStore(tx).find(login: "resident", town: town), let person = account.person,
                let door = try DoorStore(tx, town: town).doors(of: person, on: today.adding(days: -1)).first
            else { return nil }
            return (account, door)
        }
        guard let (account, door) = found else { return }
        let resident = Principal(
            town: town, account: account.id, person: account.person, name: account.name, grants: [.beResident: .town], post: "居民")
        _ = try await ClaimPoints(desk, Darkroom())(
            ClaimDraft(
                id: ambient.newID(), household: door.household, rule: "spread-word", day: today.adding(days: -1),
                words: "在家庭群里转发了反诈宣传，并给三位老人讲了一遍", channel: .phone), by: resident)
    }
}
