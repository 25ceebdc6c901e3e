import Foundation
import Kernel
import Storage
import StorageSQLite

/// Migrated SQLite files of this process, one for each list of migrations, copied for every test.
actor SQLiteTemplates {
    static let shared = SQLiteTemplates()
    private let folder = folderOfThisProcess()
    private var templates: [String: Task<String, any Error>] = [:]
    private var copies = 0

    func copy(_ migrations: [Migration], _ places: Int, _ waiting: Span) async throws -> Copy {
        let template = try await self.template(migrations).value
        copies += 1
        let path = "\(folder)/\(copies).sqlite"
        try FileManager.default.copyItem(atPath: template, toPath: path)
        return Copy(database: try SQLiteDatabase(path: path, readers: places, waiting: waiting)) { removeDatabaseFile(path) }
    }

    private func template(_ migrations: [Migration]) -> Task<String, any Error> {
        let name = templateName(migrations, for: .sqlite)
        if let known = templates[name] { return known }
        let folder = folder
        let task = Task {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            atexit { try? FileManager.default.removeItem(atPath: folderOfThisProcess()) }
            let path = "\(folder)/template-\(name).sqlite"
            removeDatabaseFile(path)
            let database = try SQLiteDatabase(path: path)
            _ = try await database.apply(migrations, at: Instant(milliseconds: 0), fingerprint: testFingerprint)
            // Closing the last connection moves the log into the file.
            await database.close()
            return path
        }
        templates[name] = task
        return task
    }
}

private func folderOfThisProcess() -> String {
    NSTemporaryDirectory() + "jinlin-tests-\(ProcessInfo.processInfo.processIdentifier)"
}

/// Runs `body` with the path of a database file that does not exist yet; the file is removed afterwards.
package func withDatabasePath<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Value
) async throws -> Value {
    let path = NSTemporaryDirectory() + "jinlin-test-\(UUID().uuidString).sqlite"
    defer { removeDatabaseFile(path) }
    return try await body(path)
}

/// Writes `text` into a file, for tests that need a broken one.
package func writeText(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}

func removeDatabaseFile(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
}
