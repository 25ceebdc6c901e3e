import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Storage
import TestSupport

@testable import Matters

/// A small town on a database of its own: one village with levels 2 and 3 where everybody is in post, a second village, a second town.
struct Scene: Sendable {
    let database: any Database
    let clock = TestClock()
    let ambient: Ambient
    let desk: MatterDesk
    let town: ID<Town>
    let otherTown: ID<Town>
    let village: ID<GridNode>
    let second: ID<GridNode>
    let third: ID<GridNode>
    let lonely: ID<GridNode>
    let otherVillage: ID<GridNode>
    let foreignVillage: ID<GridNode>

    static let migrations = DirectoryMigrations.all + DeliveryMigrations.all + IdentityMigrations.all + MattersMigrations.all

    /// Runs `body` in a fresh scene.
    static func run(_ engine: Engine, _ body: (Scene) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: migrations) { database in
            let scene = Scene(database)
            try await scene.settle()
            try await body(scene)
        }
    }

    private init(_ database: any Database) {
        self.database = database
        let ambient = Ambient.fixed(clock)
        self.ambient = ambient
        desk = MatterDesk(
            database: database, ambient: ambient, vault: Vault(keys: [1: Array(repeating: 7, count: 32)]),
            directory: DirectoryCache())
        town = ambient.newID()
        otherTown = ambient.newID()
        village = ambient.newID()
        second = ambient.newID()
        third = ambient.newID()
        lonely = ambient.newID()
        otherVillage = ambient.newID()
        foreignVillage = ambient.newID()
    }

    private func settle() async throws {
        let scene = self
        try await database.write { tx in
            for (town, code) in [(scene.town, "350582101"), (scene.otherTown, "350582102")] {
                try tx.execute(
                    """
                    INSERT INTO town (town_id, code_system, code, name_zh, name_en, host_unit, filing, directory_version)
                    VALUES (\(town), 'nbs', \(code), '镇', 'Town', '', '', 1)
                    """)
                try Taxonomy.install(tx, town)
            }
            let store = GridStore(tx, town: scene.town)
            try store.insert(scene.grid(scene.village, nil, .one, "350582101006", "安平社区"))
            try store.insert(scene.grid(scene.second, scene.village, .two, "350582101006001", "安平 01"))
            try store.insert(scene.grid(scene.third, scene.second, .three, "350582101006501", "春晖小区"))
            // Nobody is in post here.
            try store.insert(scene.grid(scene.lonely, scene.village, .two, "350582101006002", "安平 02"))
            try store.insert(scene.grid(scene.otherVillage, nil, .one, "350582101221", "瑶前村"))
            try GridStore(tx, town: scene.otherTown).insert(scene.grid(scene.foreignVillage, nil, .one, "350582102001", "外镇村"))
            for grid in [scene.village, scene.second, scene.third, scene.otherVillage] {
                try scene.employ(grid, tx)
            }
        }
    }

    private func grid(_ id: ID<GridNode>, _ parent: ID<GridNode>?, _ level: GridLevel, _ code: String, _ name: String) -> Grid {
        Grid(
            id: id, parent: parent, level: level, kind: .residential, codeSystem: "nbs", code: code, nameZh: name,
            validFrom: clock.now.day().adding(days: -100))
    }

    private func employ(_ grid: ID<GridNode>, _ tx: any Transaction) throws {
        let person: ID<PersonNode> = ambient.newID()
        try tx.execute(
            "INSERT INTO person (town_id, id, name, created_at) VALUES (\(town), \(person), '某人', \(clock.now))")
        try PostStore(tx, town: town).insert(
            Post(id: ambient.newID(), person: person, kind: .gridWorker, grid: grid, from: clock.now.day().adding(days: -10)))
    }

    // MARK: People

    /// Somebody of a post over some grids; nil for the whole town.
    func person(_ name: String, _ kind: PostKind, _ grids: Set<ID<GridNode>>?, in town: ID<Town>? = nil) -> Principal {
        let scope: Scope = grids.map { .grids($0) } ?? .town
        let permissions = MattersPermissions.grants[kind, default: []]
        return Principal(
            town: town ?? self.town, account: ambient.newID(), person: nil, name: name,
            grants: Dictionary(permissions.map { ($0, scope) }) { first, _ in first }, post: kind.rawValue)
    }

    // MARK: Reporting and acting

    func report(
        _ words: String = "三里巷口的路灯不亮", category: String = "0101", at grid: ID<GridNode>? = nil, phone: String = "138 1234 5678",
        name: String = "王阿姨", id: ID<Matter>? = nil
    ) -> MatterReport {
        MatterReport(
            id: id ?? ambient.newID(), category: category, words: words, place: .init(grid: grid ?? third), spot: "12 号门口",
            name: name,
            phone: phone)
    }

    @discardableResult
    func send(_ report: MatterReport, from principal: Principal? = nil, onBehalf: Bool = false) async throws -> Matter {
        try await ReportMatter(desk)(
            report, from: ReportSender(town: town, principal: principal, address: "203.0.113.9"), onBehalf: onBehalf)
    }

    func order(_ matter: Matter, by principal: Principal, id: ID<MatterEvent>? = nil, version: Int? = nil) -> ActOrder {
        ActOrder(id: id ?? ambient.newID(), matter: matter.id, version: version ?? matter.version, by: principal)
    }

    func history(_ matter: Matter) async throws -> [MatterEvent] {
        let town = town
        return try await database.read { tx in try MatterEventStore(tx, town: town).history(of: matter.id) }
    }
}
