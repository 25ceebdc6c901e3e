import Dispatch
import GRDB
package import Kernel
package import Storage

/// The embedded engine: one SQLite file in WAL mode with `synchronous=FULL`.
///
/// One connection writes, several read. Writes that wait at the same moment share one durable commit (``GroupCommit``).
package final class SQLiteDatabase: Storage.Database {
    package let dialect = Dialect.sqlite
    private let pool: DatabasePool
    private let turnstile: Turnstile
    private let commits: GroupCommit

    /// Opens or creates the file at `path`.
    /// - Parameters:
    ///   - readers: how many reads may run at once.
    ///   - waiting: how long a read waits for a free connection.
    ///   - lockWaiting: how long a statement waits for a lock that another process holds.
    /// - Throws: ``StorageError``.
    package init(path: String, readers: Int = 8, waiting: Span = .seconds(5), lockWaiting: Span = .seconds(5)) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(Double(lockWaiting.milliseconds) / 1000)
        configuration.foreignKeysEnabled = true
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB chooses `NORMAL` for WAL files after the preparation above, which would not survive a power cut.
            try pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000")
                // Changes fall all over the indexes; a small cache would read the same pages again and again.
                try connection.execute(sql: "PRAGMA cache_size = -64000; PRAGMA journal_size_limit = 67108864")
            }
        } catch {
            throw storageError(error)
        }
        turnstile = Turnstile(limit: readers, waiting: waiting)
        commits = GroupCommit(pool: pool)
    }

    /// How many durable commits there were since opening; smaller than the number of writes when they came together.
    package var durableCommits: Int { commits.count }

    /// How many writes wait for the writer at this moment.
    package var waitingWrites: Int { commits.waiting }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        let pool = pool
        return try await turnstile.pass {
            do {
                return try await pool.read { connection in
                    let transaction = SQLiteTransaction(connection, isReadOnly: true)
                    let value = try body(transaction)
                    if let failure = transaction.failure { throw failure }
                    return value
                }
            } catch let error as DatabaseError {
                throw storageError(error)
            }
        }
    }

    package func write<Value: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await commit(body)
    }

    package func migrate(_ body: @escaping @Sendable (any SchemaTransaction) throws -> Void) async throws {
        try await commit(isMigration: true, body)
    }

    private func commit<Value: Sendable>(
        isMigration: Bool = false, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            commits.submit(
                GroupCommit.Job(
                    run: { transaction in
                        let value = try body(transaction)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }, isMigration: isMigration))
        }
    }

    package func close() async {
        commits.close()
        await turnstile.close()
        let pool = pool
        await withCheckedContinuation { continuation in
            // Waits for running writes, so not on a thread of Swift's pool. If it fails, the end of the process closes the file.
            DispatchQueue.global().async {
                // GRDB closes the readers last, and they may not move the log into the file.
                try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
                try? pool.close()
                continuation.resume()
            }
        }
    }

    /// Copies the database as it is at this moment to a new file, while serving, and verifies the copy by opening it.
    /// - Throws: ``StorageError``; a copy that could not be verified is not left behind.
    package func backup(to path: String) async throws {
        let pool = pool
        try await turnstile.pass {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try SQLiteBackup(source: pool, path: path).run() })
                }
            }
        }
    }
}
