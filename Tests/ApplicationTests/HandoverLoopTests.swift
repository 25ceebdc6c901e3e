import Directory
import Foundation
import Identity
import Kernel
import Points
import Storage
import TestSupport
import Testing
import Web

@testable import Application
@testable import Matters
@testable import Registers

/// Handovers and grids that change, with every room that has something to pass on.
@Suite struct HandoverLoopTests {
    @Test(arguments: Engine.available)
    func `what a worker had in hand is the successor's, and history keeps the old name`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let stage = try await HandoverStage(database)
            let matter = try await stage.report()
            let checked = try await CheckOnSite(stage.matters)(
                ActOrder(id: stage.new(), matter: matter.id, version: matter.version, by: try await stage.worker(stage.old)),
                finding: .solvedOnSpot, reply: "灯已换好")
            let open = try await stage.report("井盖松动")
            let elsewhere = try await stage.report("别的网格的事", at: stage.second)
            let home = try await stage.household("平安巷1号")
            let elder = try await EnterResident(stage.registers)(
                Arrival(PersonDraft(name: "曾秀丽", phones: ["15412345678"]), as: .registered, from: stage.start), in: home,
                by: stage.chief, request: stage.new()
            ).person
            let end = stage.today.adding(days: 200)
            for draft in [
                CareDraft(.livingAlone, purpose: "care", from: stage.today, to: end),
                CareDraft(.lostOnlyChild, purpose: "care", audience: .village, from: stage.today, to: end),
            ] { try await KeepCare(stage.registers).mark(elder, draft, by: stage.chief, request: stage.new()) }

            let order = HandoverOrder(
                [stage.post], to: stage.young, from: stage.today, items: [HandoverItem(.key, "服务站大门钥匙 2 把")])
            let request: ID<DirectoryEvent> = stage.new()
            var id: ID<Handover>?
            for _ in 1...2 { id = try await stage.hand()(order, by: stage.chief, request: request) }
            let pack = try #require(id)

            // The old worker has nothing left, the new one closes what the old one did: nobody follows up their own work.
            #expect(try await stage.grants(of: stage.old).isEmpty)
            let successor = try await stage.worker(stage.young)
            let now = try await stage.find(checked.id)
            #expect(now.version == checked.version + 1 && now.stage == .handled && now.clock == checked.clock)
            let closed = try await FollowUpMatter(stage.matters)(
                ActOrder(id: stage.new(), matter: now.id, version: now.version, by: successor), way: .onSite, satisfied: true)
            #expect(closed.stage == .closed)
            let history = try await stage.history(of: checked.id)
            #expect(history.map(\.kind) == [.reported, .siteChecked, .handedOver, .followedUp])
            #expect(history[1].actor?.post == "网格员 · 安平社区 第一网格" && history[1].actor?.name == "老林")
            #expect(history[2].facts.note == "老林 → 小陈" && history[2].fromHolder == history[2].toHolder)
            #expect(try await stage.history(of: open.id).count { $0.kind == .handedOver } == 1)
            #expect(try await stage.history(of: elsewhere.id).map(\.kind) == [.reported])

            // The chief knows of both marks, the worker of one; the pack stays as it was signed.
            let read = ReadHandover(database: database, parts: stage.parts)
            let forChief = try await read(pack, for: stage.chief, in: .zh).sections
            #expect(forChief.map(\.rows.count) == [2, 1, 1, 2])
            #expect(forChief[0].rows.map(\.detail) == ["1 户", "1 人"])
            #expect(forChief[1].rows.first?.detail == "平安巷1号 · 独居老人 · 计生特殊家庭" && forChief[1].hidden == 0)
            let forWorker = try await read(pack, for: successor, in: .zh).sections
            #expect(forWorker[1].rows.first?.detail == "平安巷1号 · 独居老人" && forWorker[1].hidden == 1)
            #expect(!"\(forChief)".contains("15412345678"))
            #expect(forWorker[3].rows.first { $0.href?.contains("\(checked.id)") ?? false }?.detail.contains("待回访") == true)
            await #expect(throws: NotFound()) {
                _ = try await read(pack, for: try await stage.worker(stage.neighbour), in: .zh)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a merged grid's people, firms, points and open matters are in the other one`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let stage = try await HandoverStage(database)
            let (matter, done) = (try await stage.report(), try await stage.report("已办的事"))
            let worker = try await stage.worker(stage.old)
            let handled = try await CheckOnSite(stage.matters)(
                ActOrder(id: stage.new(), matter: done.id, version: done.version, by: worker), finding: .solvedOnSpot, reply: "好了"
            )
            _ = try await FollowUpMatter(stage.matters)(
                ActOrder(id: stage.new(), matter: done.id, version: handled.version, by: stage.chief), way: .onSite,
                satisfied: true)
            let home = try await stage.household("平安巷1号")
            _ = try await EnterResident(stage.registers)(
                Arrival(PersonDraft(name: "曾秀丽"), as: .registered, from: stage.start), in: home, by: stage.chief,
                request: stage.new())
            let shop = try await KeepEnterprise(stage.registers).enter(
                EnterpriseDraft(
                    grid: stage.first, kind: .smallShop, trade: .retail, name: "食杂店", noCodeReason: "正在办理", address: "平安巷1号"),
                by: stage.chief, request: stage.new())
            let chief = stage.chief
            let wallet = try await database.write { tx in
                let door = try #require(try DoorStore(tx, town: stage.town).find(home))
                return try PointsLedger(tx, town: stage.town, by: chief, ambient: stage.ambient).open(door)
            }
            let merge = MergeGrids(
                database: database, ambient: stage.ambient, vault: stage.vault,
                parts: [RegisterRegrid(stage.registers), MatterRegrid(stage.matters)])
            #expect(
                try await merge(stage.first, into: stage.second, from: stage.today, by: chief, request: stage.new()) == 1)

            let moved = try await stage.find(matter.id)
            #expect(moved.holder == Holder(grid: stage.second, level: 2) && moved.place.grid == stage.second)
            #expect(try await stage.history(of: matter.id).map(\.kind) == [.reported, .regridded])
            // What was over stays where it happened.
            #expect(try await stage.find(done.id).place.grid == stage.first)
            // Whoever works there now finds the people, and acts.
            let other = try await stage.worker(stage.neighbour)
            let found = try await FindPeople(stage.registers)("曾秀丽", by: other)
            #expect(found.people.count == 1)
            _ = try await CheckOnSite(stage.matters)(
                ActOrder(id: stage.new(), matter: matter.id, version: moved.version, by: other), finding: .confirmed)
            #expect(try await ReadEnterprise(stage.registers)(shop, by: other).firm.grid == stage.second)
            let sight = try await ReadHousehold(stage.registers)(home, by: other)
            #expect(sight.formerGrids.map(\.grid.nameZh) == ["第一网格"] && sight.history.contains { $0.act == "household.move" })
            let after = try await database.read { try WalletStore($0, town: stage.town).find(home) }
            #expect(after?.card == wallet.card && after?.village == stage.village)
            let door = try await database.read { try DoorStore($0, town: stage.town).find(home) }
            #expect(door?.village == stage.village && door?.grid == stage.second)
        }
    }

    @Test(arguments: Engine.available)
    func `a household is not moved into another village by hand either, and a move by hand is dated`(_ engine: Engine)
        async throws
    {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let stage = try await HandoverStage(database)
            let home = try await stage.household("平安巷1号")
            let keep = KeepHousehold(stage.registers)
            func move(_ grid: ID<GridNode>, seen: Int) async throws {
                try await keep.edit(
                    home, HouseholdDraft(grid: grid, address: Address(reading: "平安巷1号")), seen: seen, by: stage.office,
                    request: stage.new())
            }
            await #expect(throws: Invalid("/grid", "regrid-other-village")) { try await move(stage.otherVillage, seen: 1) }
            try await move(stage.second, seen: 1)
            let moves = try await database.read { try HouseholdMoveStore($0, town: stage.town).moves(of: home) }
            #expect(moves == [HouseholdMove(home, from: stage.first, to: stage.second, on: stage.today)])
        }
    }
}

/// A village with two grids and a worker each, another village, and somebody new.
private struct HandoverStage: Sendable {
    let database: any Database
    let ambient = Ambient.fixed()
    let vault = Vault(keys: [1: [UInt8](repeating: 7, count: 32)])
    let cache = DirectoryCache()
    let matters: MatterDesk
    let registers: RegisterDesk
    let town: ID<Town>, village: ID<GridNode>, first: ID<GridNode>, second: ID<GridNode>, otherVillage: ID<GridNode>
    let old: ID<PersonNode>, young: ID<PersonNode>, neighbour: ID<PersonNode>
    let post: ID<Post>

    var today: Day { ambient.now().day() }
    var start: Day { today.adding(days: -400) }
    var parts: [any HandoverPart] { [RegisterHandover(registers), MatterHandover(matters)] }

    init(_ database: any Database) async throws {
        self.database = database
        (town, village, first, second) = (ambient.newID(), ambient.newID(), ambient.newID(), ambient.newID())
        (otherVillage, old, young, neighbour) = (ambient.newID(), ambient.newID(), ambient.newID(), ambient.newID())
        post = ambient.newID()
        matters = MatterDesk(database: database, ambient: ambient, vault: vault, directory: cache)
        registers = RegisterDesk(database: database, ambient: ambient, vault: vault, directory: cache)
        let stage = self
        try await database.write { try stage.build($0) }
    }

    private func build(_ tx: any Transaction) throws {
        try TownStore(tx).insert(
            TownRecord(
                id: town, codeSystem: "nbs", code: "350582101", nameZh: "安海镇", nameEn: "Anhai", hostUnit: "", filing: "",
                hostnames: ["anhai.example"]))
        try Taxonomy.install(tx, town)
        func grid(_ id: ID<GridNode>, _ parent: ID<GridNode>?, _ code: String, _ name: String) -> Grid {
            Grid(
                id: id, parent: parent, level: parent == nil ? .one : .two, kind: parent == nil ? .community : .residential,
                codeSystem: "nbs", code: code, nameZh: name, validFrom: start)
        }
        for grid in [
            grid(village, nil, "350582101006", "安平社区"), grid(first, village, "350582101006001", "第一网格"),
            grid(second, village, "350582101006002", "第二网格"), grid(otherVillage, nil, "350582101221", "瑶前村"),
        ] { try GridStore(tx, town: town).insert(grid) }
        for (person, name) in [(old, "老林"), (young, "小陈"), (neighbour, "老王")] {
            try PersonStore(tx, town: town).insert(Person(id: person, name: name), phone: nil, at: ambient.now())
        }
        let posts = PostStore(tx, town: town)
        try posts.insert(Post(id: post, person: old, kind: .gridWorker, grid: first, from: start))
        try posts.insert(Post(id: new(), person: neighbour, kind: .gridWorker, grid: second, from: start))
    }

    func new<Kind>(_ kind: Kind.Type = Kind.self) -> ID<Kind> { ambient.newID() }
    func hand() -> HandOverPosts {
        HandOverPosts(database: database, ambient: ambient, vault: vault, cache: cache, parts: parts)
    }

    private var everything: [PostKind: Set<Permission>] {
        PostGrants.merged([DirectoryRoom.grants, MattersRoom.grants, PointsRoom.grants, RegistersRoom.grants])
    }
    var chief: Principal { principal("书记", everything[.gridChief] ?? [], .grids([village])) }
    var office: Principal { principal("镇里", everything[.townOffice] ?? [], .town) }

    private func principal(_ name: String, _ permissions: Set<Permission>, _ scope: Scope) -> Principal {
        Principal(
            town: town, account: ID(village.uuid), person: nil, name: name,
            grants: Dictionary(permissions.map { ($0, scope) }) { first, _ in first }, post: "一级网格长 · 安平社区")
    }

    /// What somebody's posts give them today.
    func grants(of person: ID<PersonNode>) async throws -> [Permission: Scope] { try await held(person).grants }

    private func held(_ person: ID<PersonNode>) async throws -> (grants: [Permission: Scope], post: String) {
        let grants = PostGrants(cache: cache, permissions: everything)
        return try await database.read { try grants($0, town: town, person: person, day: today) }
    }

    /// Somebody signed in with the posts they hold today.
    func worker(_ person: ID<PersonNode>) async throws -> Principal {
        let held = try await held(person)
        let name = try await database.read { try PersonStore($0, town: town).find(person)?.name }
        return Principal(
            town: town, account: ID(person.uuid), person: person, name: name ?? "", grants: held.grants, post: held.post)
    }

    func report(_ words: String = "路灯不亮", at grid: ID<GridNode>? = nil) async throws -> Matter {
        try await ReportMatter(matters)(
            MatterReport(
                id: new(), category: "0101", words: words, place: .init(grid: grid ?? first), spot: "", name: "", phone: ""),
            from: ReportSender(town: town, principal: nil, address: "203.0.113.9"), onBehalf: false)
    }

    func household(_ address: String) async throws -> ID<Household> {
        try await KeepHousehold(registers).enter(
            HouseholdDraft(grid: first, address: Address(reading: address)), by: chief, request: new())
    }

    func find(_ matter: ID<Matter>) async throws -> Matter {
        let found = try await database.read { try MatterStore($0, town: town).find(matter, for: office) }
        return try #require(found)
    }

    func history(of matter: ID<Matter>) async throws -> [MatterEvent] {
        try await database.read { try MatterEventStore($0, town: town).history(of: matter) }
    }
}
