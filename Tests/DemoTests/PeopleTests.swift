import Directory
import Identity
import Kernel
import Matters
import Storage
import TestSupport
import Testing

@testable import Demo

@Suite struct PeopleTests {
    @Test(arguments: Engine.available)
    func `every account of the demo reaches what its post is for, no more`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let cache = DirectoryCache()
        let posts = PostGrants(cache: cache, permissions: MattersPermissions.grants)
        let find = FindPrincipal(ambient: .fixed(), officePermissions: []) { tx, town, person, day in
            let held = try posts(tx, town: town, person: person, day: day)
            return HeldGrants(grants: held.grants, label: held.post)
        }
        let principals = try await made.database.read { tx in
            try made.accounts.map { demo in
                let account = try #require(try AccountStore(tx).find(login: demo.login, town: made.town))
                #expect(!account.mustChangePassword && account.disabledAt == nil && !demo.words.isEmpty)
                return (demo.login, try find.principal(of: account, tx: tx))
            }
        }
        let known = Dictionary(principals) { first, _ in first }
        let levels = { (login: String) in
            guard case .grids(let roots)? = known[login]?.grants[.readMatter] else { return [String]() }
            return roots.compactMap { root in
                made.tree.grid(root).map { "\($0.level.rawValue) \(made.tree.village(of: root)?.nameZh ?? "")" }
            }
        }
        #expect(known["town"]?.grants[.handleMatter] == .town)
        #expect(levels("lead") == ["1 安平社区"] && levels("chief") == ["1 安平社区"] && levels("worker") == ["2 安平社区"])
        #expect(levels("chief-yaoqian") == ["1 瑶前村"] && levels("worker-yaoqian") == ["2 瑶前村"])
        #expect(levels("chief-xingsheng") == ["1 兴胜社区"] && levels("chief-qianpu") == ["1 前埔村"])
        #expect(Set(levels("instructor")) == ["2 安平社区"] && levels("instructor").count >= 4)
        #expect(known["instructor"]?.may(.handleMatter) == false && known["worker"]?.may(.handleMatter) == true)
        for login in ["resident", "tenant", "owner"] { #expect(known[login]?.grants == [.beResident: .town]) }
        #expect(known["operator"]?.grants.keys.sorted() == [.manageAccounts, .manageIntegrations, .seeOperations])
        #expect(known["auditor"]?.grants == [.readAudit: .town])
        for login in ["police", "power", "enforcement"] { #expect(known[login]?.grants == [:], "a unit gives no post") }
        #expect(made.accounts.map(\.login).count == 17 && Set(made.accounts.map(\.login)) == Set(known.keys))
    }

    @Test(arguments: Engine.available)
    func `every home stands in its own grid, and the four villages have properties with owners`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let (homes, properties) = try await made.database.read { tx in
            let homes = try tx.query(
                "SELECT grid_id, longitude, latitude FROM household WHERE town_id = \(made.town) ORDER BY id")
            let properties = try tx.query("SELECT grid_id, owner_name FROM property WHERE town_id = \(made.town) ORDER BY id")
            return (homes, properties)
        }
        var placed = 0
        for home in homes {
            let longitude: Double? = try home.get("longitude")
            let latitude: Double? = try home.get("latitude")
            guard let longitude, let latitude, let point = Coordinate(longitude: longitude, latitude: latitude) else { continue }
            placed += 1
            let grid: ID<GridNode> = try home.get("grid_id")
            #expect(made.tree.path(at: point).last?.id == grid)
        }
        #expect(!homes.isEmpty && placed * 100 >= homes.count * 95, "\(placed) of \(homes.count)")
        let villages = try properties.compactMap { made.tree.village(of: try $0.get("grid_id"))?.nameZh }
        let counts = Dictionary(villages.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(Set(counts.keys) == ["安平社区", "兴胜社区", "瑶前村", "前埔村"] && counts.values.allSatisfy { $0 >= 5 }, "\(counts)")
        #expect(try properties.allSatisfy { !(try $0.get("owner_name", as: String.self)).isEmpty })
    }

    @Test(arguments: Engine.available)
    func `the residents who can sign in live where it says`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let homes = try await made.database.read { tx in
            try ["resident", "tenant", "owner"].map { login in
                let account = try #require(try AccountStore(tx).find(login: login, town: made.town))
                let person = try #require(account.person)
                let home = try #require(
                    try HouseholdStore(tx, town: made.town).households(of: person, on: Instant.testStart.day()).first)
                let kind = try tx.value(
                    "SELECT kind FROM residency WHERE town_id = \(made.town) AND person_id = \(person)", as: Residency.Kind.self)
                return "\(kind?.rawValue ?? "") \(made.tree.path(home.grid).map(\.nameZh).joined(separator: "/"))"
            }
        }
        #expect(homes[0].hasPrefix("registered 瑶前村/") && homes[1].hasPrefix("tenant 瑶前村/"))
        #expect(homes[2].hasPrefix("owner 安平社区/") && homes[2].hasSuffix("春晖小区"))
        let people = try await made.database.read { tx in
            try HouseholdStore(tx, town: made.town).counts(under: made.tree.roots[0].id, on: Instant.testStart.day()).count
                + (try tx.value("SELECT count(*) FROM residency", as: Int.self) ?? 0)
        }
        #expect(people >= 34)
    }

    @Test func `drawn passwords differ and keep the rules`() async throws {
        try await withDatabase(.sqlite, migrations: migrations) { database in
            let made = try await Made.make(in: database, password: nil)
            #expect(Set(made.accounts.map(\.password)).count == made.accounts.count)
            for account in made.accounts {
                #expect(
                    PasswordRules.faults(
                        of: account.password, personal: [account.login], policy: SecurityPolicy(), at: "/password") == [])
            }
            let worker = try #require(made.accounts.first { $0.login == "worker" })
            let stored = try await made.database.read { try AccountStore($0).find(login: "worker", town: made.town) }
            #expect(try await PasswordHash.verify(worker.password, against: try #require(stored).passwordHash))
        }
    }

    @Test(arguments: Engine.available)
    func `the audit log is chained to its end`(_ engine: Engine) async throws {
        let made = try await SharedTowns.shared.town(engine)
        let verdict = try await made.database.read { try AuditSeal($0).verify(made.town) }
        guard case .whole(let sealed, let waiting, _) = verdict else { Issue.record("\(verdict)"); return }
        #expect(sealed > 3000 && waiting == 0)
    }
}
