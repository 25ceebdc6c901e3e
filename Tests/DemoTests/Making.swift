import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Matters
import Points
import Storage
import TestSupport

@testable import Demo

/// Every migration the demo town needs.
let migrations =
    DeliveryMigrations.all + IdentityMigrations.all + DirectoryMigrations.all + MattersMigrations.all + PointsRoom.migrations
let testVault = Vault(keys: [1: Array(repeating: 7, count: 32)])

/// A demo town of its own, small, and what there is to ask of it.
struct Made: Sendable {
    let database: any Database
    let town: ID<Town>
    let tree: GridTree
    let accounts: [DemoAccount]
}

extension Made {
    /// The day before which everything has happened: 2 March 2026.
    static func make(
        in database: any Database, seed: UInt64 = 1, scale: Double = 0.02, password: String? = "Demo-town-2026"
    ) async throws -> Made {
        let accounts = try await DemoTown(seed: seed, scale: scale, now: .testStart).build(
            in: database, vault: testVault, password: password, progress: { _ in })
        let (town, tree) = try await database.read { tx in
            let towns = try TownStore(tx).all()
            let town = towns.first?.id ?? ID(UUID())
            return (town, try DirectoryCache().tree(tx, town: town, day: Instant.testStart.day()))
        }
        return Made(database: database, town: town, tree: tree, accounts: accounts)
    }
}

/// One town an engine for all tests that only read, because making one takes seconds. It goes when the process ends.
actor SharedTowns {
    static let shared = SharedTowns()
    private var towns: [Engine: Task<Made, any Error>] = [:]

    func town(_ engine: Engine) async throws -> Made {
        if let known = towns[engine] { return try await known.value }
        let making = Task {
            let (made, keeper) = AsyncThrowingStream<Made, any Error>.makeStream()
            Task {
                do {
                    try await withDatabase(engine, migrations: migrations) { database in
                        keeper.yield(try await Made.make(in: database))
                        // Nothing ever comes, so the database stays.
                        for await _ in AsyncStream<Never>.makeStream().stream {}
                    }
                } catch {
                    keeper.finish(throwing: error)
                }
            }
            for try await town in made { return town }
            throw StorageError.unavailable("no demo town")
        }
        towns[engine] = making
        return try await making.value
    }
}
