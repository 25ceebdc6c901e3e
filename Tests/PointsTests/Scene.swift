import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Storage
import TestSupport

@testable import Points

/// 瑶前 as the article has it, on a database of its own: three level-2 grids of some households each, both rule sets in force; a
/// village without points beside it.
struct Scene: Sendable {
    let database: any Database
    let clock = TestClock()
    let ambient: Ambient
    let desk: PointsDesk
    let town: ID<Town>
    let village: ID<GridNode>
    let grids: [ID<GridNode>]
    let otherVillage: ID<GridNode>
    /// By grid.
    let households: [[ID<Household>]]
    /// One person in every household, in the same order.
    let people: [[ID<PersonNode>]]
    let villagers: RuleSet
    let tenants: RuleSet

    static let migrations = DirectoryMigrations.all + DeliveryMigrations.all + IdentityMigrations.all + PointsRoom.migrations

    static func run(_ engine: Engine, households: Int = 8, _ body: (Scene) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: migrations) { database in
            let scene = Scene(database, households: households)
            try await scene.settle()
            try await body(scene)
        }
    }

    private init(_ database: any Database, households: Int) {
        self.database = database
        let ambient = Ambient.fixed(clock)
        self.ambient = ambient
        desk = PointsDesk(database: database, ambient: ambient, directory: DirectoryCache())
        town = ambient.newID()
        village = ambient.newID()
        grids = (0..<3).map { _ in ambient.newID() }
        otherVillage = ambient.newID()
        self.households = (0..<3).map { _ in (0..<households).map { _ in ambient.newID() } }
        people = (0..<3).map { _ in (0..<households).map { _ in ambient.newID() } }
        let start = clock.now.day().adding(days: -400)
        func decided(_ audience: Audience, _ village: ID<GridNode>) -> RuleSet {
            let draft = RuleSet.starting(audience, of: village, id: ambient.newID(), ruleID: { ambient.newID() })
            return RuleSet(
                id: draft.id, village: village, audience: audience, version: 1, from: start,
                decision: .init(number: "瑶村决〔2025〕1号", day: start), rules: draft.rules)
        }
        villagers = decided(.villagers, village)
        tenants = decided(.tenants, village)
    }

    private func settle() async throws {
        let scene = self
        try await database.write { tx in
            let (town, since) = (scene.town, scene.clock.now.day().adding(days: -1000))
            try tx.execute(
                """
                INSERT INTO town (town_id, code_system, code, name_zh, name_en, host_unit, filing, directory_version)
                VALUES (\(town), 'nbs', '350582101', '安海镇', 'Anhai', '', '', 1)
                """)
            let store = GridStore(tx, town: town)
            func grid(_ id: ID<GridNode>, _ parent: ID<GridNode>?, _ level: GridLevel, _ code: String, _ name: String) -> Grid {
                Grid(
                    id: id, parent: parent, level: level, kind: level == .one ? .village : .residential, codeSystem: "nbs",
                    code: code, nameZh: name, validFrom: since)
            }
            try store.insert(grid(scene.village, nil, .one, "350582101221", "瑶前村"))
            try store.insert(grid(scene.otherVillage, nil, .one, "350582101001", "兴胜社区"))
            try VillageStore(tx, town: town).put(VillageProfile(village: scene.village, type: .smallVillage))
            for (index, id) in scene.grids.enumerated() {
                try store.insert(grid(id, scene.village, .two, "35058210122100\(index + 1)", "瑶前 0\(index + 1)"))
                for (number, household) in scene.households[index].enumerated() {
                    // The last household of every grid rents.
                    let kind: Residency.Kind = number == scene.households[index].count - 1 ? .tenant : .registered
                    try scene.settle(
                        household, in: id, "瑶前东路\(index + 1)\(String(1000 + number).dropFirst())号", scene.people[index][number],
                        kind,
                        since, tx)
                }
            }
            try RuleSetStore(tx, town: town).insert(scene.villagers)
            try RuleSetStore(tx, town: town).insert(scene.tenants)
        }
    }

    private func settle(
        _ household: ID<Household>, in grid: ID<GridNode>, _ address: String, _ person: ID<PersonNode>, _ kind: Residency.Kind,
        _ since: Day, _ tx: any Transaction
    ) throws {
        let store = HouseholdStore(tx, town: town)
        try tx.execute("INSERT INTO person (town_id, id, name, created_at) VALUES (\(town), \(person), '某人', \(clock.now))")
        try store.insert(Household(id: household, grid: grid, addressWords: address, from: since))
        try store.insert(Residency(id: ambient.newID(), person: person, household: household, kind: kind, from: since))
    }

    // MARK: People

    /// Somebody of a post over some grids; nil for the whole town.
    func person(_ kind: PostKind, _ grids: Set<ID<GridNode>>?) -> Principal {
        let scope: Scope = grids.map { .grids($0) } ?? .town
        return Principal(
            town: town, account: ambient.newID(), person: nil, name: kind.rawValue,
            grants: Dictionary(PointsRoom.grants[kind, default: []].map { ($0, scope) }) { first, _ in first },
            post: kind.rawValue)
    }

    var chief: Principal { person(.gridChief, [village]) }

    /// The account of somebody who lives in a household.
    func resident(_ grid: Int, _ household: Int) -> Principal {
        Principal(
            town: town, account: ambient.newID(), person: people[grid][household], name: "居民", grants: [.beResident: .town],
            post: "居民")
    }

    // MARK: The ledger

    func write<Value: Sendable>(_ body: @escaping @Sendable (PointsLedger, any Transaction) throws -> Value) async throws -> Value
    {
        let (town, ambient) = (town, ambient)
        return try await database.write { tx in try body(PointsLedger(tx, town: town, by: nil, ambient: ambient), tx) }
    }

    func balance(_ household: ID<Household>) async throws -> Int {
        let town = town
        return try await database.read { tx in try WalletStore(tx, town: town).find(household)?.balance ?? 0 }
    }

    func totals() async throws -> LedgerTotals {
        let (town, village) = (town, village)
        return try await database.read { tx in try LedgerProofStore(tx, town: town).totals(of: village) }
    }

    var today: Day { clock.now.day() }

    func posting(_ household: ID<Household>, _ rule: String, day: Day? = nil, id: ID<PointsEntry>? = nil) -> Posting {
        Posting(id: id ?? ambient.newID(), household: household, rule: rule, day: day ?? today, cause: .award)
    }
}
