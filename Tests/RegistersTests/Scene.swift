import Directory
import Foundation
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Registers

/// Two villages: 安平 with two grids, 瑶前 with one. A fixed id for every number; documents whose division never was one.
enum Scene {
    static let town: ID<Town> = id(1)
    static let start = Day(year: 2022, month: 1, day: 1) ?? Instant.testStart.day()
    static let today = Instant.testStart.day()
    static let vault = Vault(keys: [1: [UInt8](repeating: 7, count: 32)])
    static let migrations = IdentityMigrations.all + DirectoryMigrations.all + RegistersMigrations.all

    static let anping: ID<GridNode> = id(10)
    static let anpingOne: ID<GridNode> = id(11)
    static let anpingTwo: ID<GridNode> = id(12)
    static let yaoqian: ID<GridNode> = id(20)
    static let yaoqianOne: ID<GridNode> = id(21)

    static func id<Kind>(_ number: Int) -> ID<Kind> {
        ID(UUID(uuid: (1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, UInt8(number / 256), UInt8(number % 256))))
    }

    private static let grids: [Grid] = [
        grid(anping, nil, .one, .community, "350582101006", "安平社区"),
        grid(anpingOne, anping, .two, .residential, "350582101006001", "第一网格"),
        grid(anpingTwo, anping, .two, .residential, "350582101006002", "第二网格"),
        grid(yaoqian, nil, .one, .village, "350582101221", "瑶前村"),
        grid(yaoqianOne, yaoqian, .two, .residential, "350582101221001", "瑶前一组"),
    ]

    private static func grid(
        _ id: ID<GridNode>, _ parent: ID<GridNode>?, _ level: GridLevel, _ kind: GridKind, _ code: String, _ name: String
    ) -> Grid {
        Grid(id: id, parent: parent, level: level, kind: kind, codeSystem: "nbs", code: code, nameZh: name, validFrom: start)
    }

    /// Somebody with what a post allows, over `scope`.
    static func principal(_ kind: PostKind, _ scope: Scope, person: ID<PersonNode>? = nil) -> Principal {
        let permissions = RegistersPermissions.grants[kind, default: []]
        return Principal(
            town: town, account: id(200), person: person, name: "林素珠",
            grants: Dictionary(permissions.map { ($0, scope) }) { first, _ in first }, post: "网格员")
    }

    static let office = principal(.townOffice, .town)
    static let chief = principal(.gridChief, .grids([anping]))
    static let worker = principal(.gridWorker, .grids([anpingOne]))
    static let stranger = principal(.gridWorker, .grids([yaoqianOne]))

    /// The number with this birth and order whose check is right.
    static func document(_ birth: String, _ order: String) -> String {
        let body = "350599" + birth.filter { $0 != "-" } + order
        return "0123456789X".lazy.map { body + String($0) }.first { (try? IdentityNumber(reading: $0)) != nil } ?? ""
    }

    /// Runs `body` on every engine, each with a town of its own.
    static func run(
        clock: TestClock = TestClock(), on engine: Engine, isolation: isolated (any Actor)? = #isolation,
        _ body: (RegisterDesk) async throws -> Void
    ) async throws {
        try await withDatabase(engine, migrations: migrations) { database in
            try await database.write { tx in
                try TownStore(tx).insert(
                    TownRecord(
                        id: town, codeSystem: "nbs", code: "350582101", nameZh: "安海镇", nameEn: "Anhai", hostUnit: "", filing: "",
                        hostnames: ["anhai.example"]))
                for grid in grids { try GridStore(tx, town: town).insert(grid) }
            }
            try await body(
                RegisterDesk(database: database, ambient: .fixed(clock), vault: vault, directory: DirectoryCache()))
        }
    }
}

extension RegisterDesk {
    /// A household in a grid, entered by the town office.
    func household(_ address: String, in grid: ID<GridNode> = Scene.anpingOne) async throws -> ID<Household> {
        try await KeepHousehold(self).enter(
            HouseholdDraft(grid: grid, address: Address(reading: address)), by: Scene.office, request: ambient.newID())
    }

    /// Somebody in a household, entered by the town office.
    @discardableResult
    func resident(
        _ name: String, in household: ID<Household>, document: String = "", phones: [String] = [], birth: Day? = nil,
        kind: Residency.Kind = .registered, party: Bool = false
    ) async throws -> ID<PersonNode> {
        try await EnterResident(self)(
            Arrival(
                PersonDraft(name: name, birth: birth, document: document, phones: phones, isPartyMember: party), as: kind,
                from: Scene.start), in: household, by: Scene.office, request: ambient.newID()
        ).person
    }

    func record(_ person: ID<PersonNode>) async throws -> PersonRecord {
        let found = try await database.read { try PersonRecordStore($0, town: Scene.town).find([person]).first }
        return try #require(found)
    }

    func count(_ table: SQL) async throws -> Int {
        try await database.read { try $0.value("SELECT count(*) FROM \(table)") ?? -1 }
    }
}

/// The codes of what `body` was refused for, with where; empty when it was not.
func faults(_ body: () async throws -> Void) async throws -> [String] {
    do {
        try await body()
        return []
    } catch let invalid as Invalid {
        return invalid.faults.map { "\($0.pointer) \($0.code)" }
    }
}
