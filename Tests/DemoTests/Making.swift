import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Matters
import Storage
import TestSupport

@testable import Demo

/// Every migration the demo town needs.
let migrations = DeliveryMigrations.all + IdentityMigrations.all + DirectoryMigrations.all + MattersMigrations.all
let testVault = Vault(keys: [1: Array(repeating: 7, count: 32)])

/// A demo town of its own, small, and what there is to ask of it.
struct Made: Sendable {
    let database: any Database
    let town: ID<Town>
    let tree: GridTree
    let accounts: [DemoAccount]
}

/// Runs `body` with a demo town on 2 March 2026.
func withDemoTown(
    _ engine: Engine, seed: UInt64 = 1, scale: Double = 0.02, password: String? = "Demo-town-2026",
    _ body: (Made) async throws -> Void
) async throws {
    try await withDatabase(engine, migrations: migrations) { database in
        let accounts = try await DemoTown(seed: seed, scale: scale, now: .testStart).build(
            in: database, vault: testVault, password: password, progress: { _ in })
        let made = try await database.read { tx in
            let town = try TownStore(tx).all()[0].id
            return (town, try DirectoryCache().tree(tx, town: town, day: Instant.testStart.day()))
        }
        try await body(Made(database: database, town: made.0, tree: made.1, accounts: accounts))
    }
}
