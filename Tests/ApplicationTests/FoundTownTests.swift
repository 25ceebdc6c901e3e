import Directory
import Identity
import Kernel
import Matters
import Registers
import Storage
import TestSupport
import Testing

@testable import Application

@Suite struct FoundTownTests {
    private static let vault = Vault(keys: [1: [UInt8](repeating: 7, count: 32)])

    private static func town(_ number: UInt8, _ code: String, host: String) -> TownRecord {
        TownRecord(
            id: ID(.version7(at: .testStart, random: (UInt64(number), 0))), codeSystem: "nbs", code: code, nameZh: "新镇",
            nameEn: "Newtown",
            hostUnit: "新镇人民政府", filing: "", hostnames: [host])
    }

    @Test(arguments: Engine.available)
    func `a founded town has an officer who may open villages, and the taxonomy`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let found = FoundTown(database: database, vault: Self.vault, ambient: .fixed())
            let town = Self.town(1, "350582101", host: "new.example")
            let password = try await found(town, officer: .init(login: "office", name: "蔡文", phone: "13900000000"))
            #expect(password.count > 10)
            let (account, grants, categories) = try await database.read { tx in
                let account = try #require(try AccountStore(tx).find(login: "office", town: town.id))
                let posts = PostGrants(
                    cache: DirectoryCache(), permissions: PostGrants.merged([DirectoryRoom.grants, MattersRoom.grants]))
                let person = try #require(account.person)
                let day = Instant.testStart.day()
                return (
                    account, try posts(tx, town: town.id, person: person, day: day).grants,
                    try tx.value("SELECT count(*) FROM category WHERE town_id = \(town.id)", as: Int.self) ?? 0
                )
            }
            #expect(account.mustChangePassword && account.roles.isEmpty)
            #expect(grants[.townEdit] == .town && grants[.directoryEdit] == .town)
            #expect(categories >= 40)
        }
    }

    @Test(arguments: Engine.available)
    func `nothing is left of a town that is refused`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let found = FoundTown(database: database, vault: Self.vault, ambient: .fixed())
            let officer = FoundTown.Officer(login: "office", name: "蔡文", phone: nil)
            _ = try await found(Self.town(1, "350582101", host: "a.example"), officer: officer)
            for town in [Self.town(2, "350582101", host: "b.example"), Self.town(3, "350582103", host: "a.example")] {
                await #expect(throws: Invalid.self) { _ = try await found(town, officer: officer) }
            }
            await #expect(throws: Invalid.self) {
                _ = try await found(
                    Self.town(4, "350582104", host: "c.example"), officer: .init(login: "x", name: "", phone: nil))
            }
            _ = try await found(Self.town(5, "350582105", host: "d.example"), officer: officer)
            #expect(try await database.read { try TownStore($0).all().map(\.code) } == ["350582101", "350582105"])
        }
    }

    @Test(arguments: Engine.available)
    func `a program's key reaches the registers only when it was made for that`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: Schema.migrations) { database in
            let town = Self.town(1, "350582101", host: "new.example")
            let found = FoundTown(database: database, vault: Self.vault, ambient: .fixed())
            _ = try await found(town, officer: .init(login: "office", name: "蔡文", phone: nil))
            let console = Operator(database: database, ambient: .fixed(seed: 2))
            let (plain, reader) = (
                try await console.makeKey(named: "a"), try await console.makeKey(named: "b", readsResidents: true)
            )
            let find = FindPrincipal(ambient: .fixed(), officePermissions: []) { _, _, _, _ in HeldGrants(grants: [:], label: "")
            }
            let grants = try await database.read { tx in
                try [plain, reader].map { try #require(try find(key: $0, town: town.id, tx: tx)).principal.grants }
            }
            #expect(grants.map { $0[.readResident] != nil } == [false, true])
            #expect(grants.allSatisfy { $0[.readMatter] == .town })
        }
    }

    @Test func `the console asks which town is meant when there are several`() async throws {
        try await withDatabase(.sqlite, migrations: Schema.migrations) { database in
            let found = FoundTown(database: database, vault: Self.vault, ambient: .fixed())
            func console(_ town: String?) -> Operator { Operator(database: database, ambient: .fixed(), town: town) }
            await #expect(throws: Operator.Refused.self) { _ = try await console(nil).accounts() }
            let officer = FoundTown.Officer(login: "office", name: "蔡文", phone: nil)
            _ = try await found(Self.town(1, "350582101", host: "a.example"), officer: officer)
            #expect(try await console(nil).accounts().map(\.login) == ["office"])
            _ = try await found(Self.town(2, "350582102", host: "b.example"), officer: officer)
            await #expect(throws: Operator.Refused.self) { _ = try await console(nil).accounts() }
            await #expect(throws: Operator.Refused.self) { _ = try await console("350582109").accounts() }
            #expect(try await console("350582102").accounts().map(\.login) == ["office"])
        }
    }
}
