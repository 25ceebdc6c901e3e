import Kernel
import Storage
import TestSupport
import Testing
import Web

@testable import Directory

@Suite struct GridStoreTests {
    typealias Town = SmallTown

    @Test(arguments: Engine.available)
    func `the closure holds every pair of ancestor and descendant`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let rows = try await database.read { tx in
                try tx.query(
                    "SELECT descendant_id, depth FROM grid_closure WHERE ancestor_id = \(Town.anping) ORDER BY depth, descendant_id"
                )
                .map { (try $0.get("descendant_id", as: ID<GridNode>.self), try $0.get("depth", as: Int.self)) }
            }
            #expect(rows.map(\.0) == [Town.anping, Town.anpingOne, Town.anpingTwo, Town.estate])
            #expect(rows.map(\.1) == [0, 1, 1, 2])
        }
    }

    static let scopes: [(Scope, [ID<GridNode>])] = [
        (.town, Town.grids.map(\.id).sorted()), (.nothing, []), (.grids([Town.yaoqian]), [Town.yaoqian, Town.yaoqianOne]),
        (.grids([Town.estate, Town.anpingTwo]), [Town.anpingTwo, Town.estate]), (.grids([Town.id(99)]), []),
    ]

    @Test(arguments: Engine.available, scopes)
    func `a scope becomes the condition for its subtrees`(_ engine: Engine, _ expected: (Scope, [ID<GridNode>])) async throws {
        try await withTown(engine) { database in
            let found = try await database.read { tx in
                try tx.query(
                    "SELECT id FROM grid WHERE town_id = \(Town.town) AND \(GridScope.predicate(expected.0, town: Town.town, grid: "id")) ORDER BY id"
                ).map { try $0.get("id", as: ID<GridNode>.self) }
            }
            #expect(found == expected.1)
        }
    }

    @Test(arguments: Engine.available)
    func `a kept tree is used until another process changes the directory`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            let (here, there) = (DirectoryCache(), DirectoryCache())
            func staffed(_ cache: DirectoryCache) async throws -> Set<ID<GridNode>> {
                try await database.read { try cache.tree($0, town: Town.town, day: Town.today).staffed }
            }
            #expect(try await staffed(here) == [])
            #expect(try await staffed(there) == [])
            let use = AppointToPost(database: database, ambient: .fixed(), vault: Town.vault)
            try await use(
                Appointment(.known(Town.person(1)), as: .gridWorker, on: Town.estate, from: Town.start), by: Town.principal(),
                request: Town.id(40))
            #expect(try await staffed(here) == [Town.estate])
            #expect(try await staffed(there) == [Town.estate])
        }
    }

    @Test(arguments: Engine.available)
    func `a tree read in a transaction that was rolled back is not kept`(_ engine: Engine) async throws {
        struct Stop: Error {}
        try await withTown(engine) { database in
            let cache = DirectoryCache()
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    try GridStore(tx, town: Town.town).bumpVersion(random: 11)
                    try PostStore(tx, town: Town.town).insert(Town.post(40, 1, .gridWorker, on: Town.estate))
                    _ = try cache.tree(tx, town: Town.town, day: Town.today)
                    throw Stop()
                }
            }
            try await database.write { try GridStore($0, town: Town.town).bumpVersion(random: 12) }
            let tree = try await database.read { try cache.tree($0, town: Town.town, day: Town.today) }
            #expect(tree.staffed == [])
        }
    }

    @Test(arguments: Engine.available)
    func `the tree of a town that is not there is not found`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            await #expect(throws: NotFound()) {
                try await database.read { _ = try DirectoryCache().tree($0, town: Town.id(9), day: Town.today) }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `history cannot be edited`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await EditStation(database: database, ambient: .fixed())(
                Station(id: Town.id(40), grid: Town.estate, name: "春晖站", buildStatus: .planned), by: Town.principal(),
                request: Town.id(41))
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute("DELETE FROM directory_event") }
            }
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute("UPDATE directory_event SET act = 'x'") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a host name leads to its town, any other to the first`(_ engine: Engine) async throws {
        try await withTown(engine) { database in
            try await database.write { try TownStore($0).insert(Town.record(2, name: "东石镇", host: "Dongshi.example")) }
            let register = TownRegister()
            #expect(register.remembered(for: "dongshi.example", at: .testStart) == nil)
            let names = try await database.read { tx in
                try ["dongshi.example", "anhai.example", "localhost"].map {
                    try register.town(for: $0, tx, at: .testStart).nameZh
                }
            }
            #expect(names == ["东石镇", "安海镇", "安海镇"])
            #expect(register.remembered(for: "dongshi.example", at: .testStart)?.nameZh == "东石镇")
            #expect(register.remembered(for: "dongshi.example", at: .testStart + .minutes(1)) == nil)
        }
    }
}
