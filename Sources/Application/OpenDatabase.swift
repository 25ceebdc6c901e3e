import Crypto
import Delivery
import Directory
import Exports
import Foundation
import Identity
import Imports
package import Kernel
import Matters
import Points
import Registers
package import Storage
import StoragePostgres
import StorageSQLite

extension Configuration {
    /// Opens the database this configuration names.
    package func openDatabase() throws -> any Database {
        if let database {
            return PostgresDatabase(url: database, connections: connections, waiting: .seconds(5))
        }
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        return try SQLiteDatabase(path: data.appending(path: "jinlin.sqlite").path)
    }
}

/// Every migration, rooms below first.
package enum Schema {
    package static let migrations =
        DeliveryMigrations.all + IdentityMigrations.all + DirectoryMigrations.all + MattersMigrations.all
        + PointsRoom.migrations + RegistersMigrations.all + ImportsMigrations.all + ExportsMigrations.all

    /// Brings the database up to date.
    /// - Returns: the names of the migrations applied now.
    /// - Throws: `AlteredMigration` when the database was made by other text than this program's.
    @discardableResult
    package static func migrate(_ database: any Database, at now: Instant) async throws -> [String] {
        let fresh = try await database.apply(migrations, at: now) { text in
            SHA256.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        if fresh.contains(MattersMigrations.text) {
            let fill = FillTexts(database: database)
            for town in try await database.read({ try TownStore($0).all().map(\.id) }) { try await fill(town) }
        }
        return fresh
    }
}
