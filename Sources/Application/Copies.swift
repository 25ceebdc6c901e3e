package import Foundation
package import Kernel
import Storage
import StorageSQLite

/// Backup and restore of the SQLite database.
package enum Copies {
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    /// Copies the database while it serves; the copy is opened and checked before it gets its name.
    /// - Throws: ``Refused`` on PostgreSQL or when `file` exists; `StorageError`.
    package static func backup(_ configuration: Configuration, to file: URL) async throws {
        guard configuration.database == nil else {
            throw Refused(description: "On PostgreSQL use pg_dump: see docs/operations.md.")
        }
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw Refused(description: "\(file.path) exists already.")
        }
        let database = try SQLiteDatabase(path: source(configuration).path)
        do {
            try await database.backup(to: file.path)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Puts `file` in the database's place, after checking that it is whole and of this program.
    /// - Returns: where the former database is kept, if there was one.
    /// - Throws: ``Refused`` when the backup is not one; file errors.
    package static func restore(_ configuration: Configuration, from file: URL, ambient: Ambient) async throws -> URL? {
        guard configuration.database == nil else {
            throw Refused(description: "On PostgreSQL use pg_restore: see docs/operations.md.")
        }
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw Refused(description: "There is no file \(file.path).")
        }
        let manager = FileManager.default
        let target = source(configuration)
        let fresh = target.appendingPathExtension("restoring")
        try manager.createDirectory(at: configuration.data, withIntermediateDirectories: true)
        try? manager.removeItem(at: fresh)
        // Copying through SQLite verifies the pages; migrating verifies that it is a database of ours.
        let backup = try SQLiteDatabase(path: file.path)
        do {
            try await backup.probe()
            try await backup.backup(to: fresh.path)
        } catch {
            await backup.close()
            throw Refused(description: "\(file.path) is not a backup of Jinlin: \(error)")
        }
        await backup.close()
        var kept: URL?
        if manager.fileExists(atPath: target.path) {
            let former = target.appendingPathExtension("before-\(ambient.now().milliseconds)")
            for ending in ["", "-wal", "-shm"] where manager.fileExists(atPath: target.path + ending) {
                try manager.moveItem(atPath: target.path + ending, toPath: former.path + ending)
            }
            kept = former
        }
        try manager.moveItem(at: fresh, to: target)
        return kept
    }

    private static func source(_ configuration: Configuration) -> URL { configuration.data.appending(path: "jinlin.sqlite") }
}
