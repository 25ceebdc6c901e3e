import Foundation
import GRDB
import Storage

/// A copy made with SQLite's online backup, verified before it gets its name.
struct SQLiteBackup {
    let source: DatabasePool
    let path: String

    /// Blocks until the copy is verified and on the disk.
    func run() throws {
        let partial = path + ".partial"
        do {
            for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: partial + suffix) }
            try copy(to: partial)
            try verify(partial)
            guard rename(partial, path) == 0 else { throw StorageError.unavailable("the backup cannot be given its name") }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw storageError(error)
        }
    }

    private func copy(to partial: String) throws {
        let copy = try DatabaseQueue(path: partial)
        try source.backup(to: copy)
        // One file that can be carried away, without a log beside it.
        try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
    }

    private func verify(_ partial: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let copy = try DatabaseQueue(path: partial, configuration: configuration)
        let verdict = try copy.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        try copy.close()
        guard verdict == ["ok"] else { throw StorageError.corrupt("backup: \(verdict.prefix(3).joined(separator: "; "))") }
    }
}
