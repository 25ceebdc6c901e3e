import Dispatch
import GRDB
import GRDBSQLite
import Kernel
import Storage

/// Lets writes that wait at the same moment share one durable commit.
///
/// A single drain at a time runs on the writer's queue. It takes waiting jobs one after the other into one `IMMEDIATE`
/// transaction until none waits or the batch is full; it never waits for more. Only after the commit has reached the disk
/// are the callers answered.
///
/// A job that fails before it has changed anything, as nearly all that fail do, leaves nothing to undo. When one fails later, the
/// batch is rolled back and run again with a savepoint for each job; savepoints for everybody would copy every page once more.
final class GroupCommit: Sendable {
    /// One caller's closure.
    struct Job: Sendable {
        /// Runs the closure; gives how to answer the caller once the batch is durable.
        let run: @Sendable (SQLiteTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
        /// Whether it changes the schema, which SQLite does not count among the changes.
        var isMigration = false
    }

    private typealias Outcome = Result<@Sendable () -> Void, any Error>

    /// A batch holds the lock of the file and the callers' answers back, so it is bounded in number and time.
    private static let limit = 512
    private static let nanoseconds: UInt64 = 10_000_000

    private struct State {
        var jobs: [Job] = []
        /// Jobs before this index have been taken.
        var taken = 0
        var isDraining = false
        var isClosed = false
        var commits = 0
    }

    private let pool: DatabasePool
    private let state = Guarded(State())

    init(pool: DatabasePool) { self.pool = pool }

    /// How many durable commits there were.
    var count: Int { state.withLock { $0.commits } }

    /// How many closures wait for their turn.
    var waiting: Int { state.withLock { $0.jobs.count - $0.taken } }

    func submit(_ job: Job) {
        let (isRefused, starts) = state.withLock { state in
            if state.isClosed { return (true, false) }
            state.jobs.append(job)
            let starts = !state.isDraining
            state.isDraining = true
            return (false, starts)
        }
        if isRefused { job.fail(StorageError.unavailable("the database is closed")) }
        if starts { pool.asyncWriteWithoutTransaction { [self] in drain($0) } }
    }

    /// Refuses newcomers; those who wait are still served.
    func close() { state.withLock { $0.isClosed = true } }

    private func drain(_ connection: GRDB.Database) {
        while let first = next(endsDrain: true) { batch(startingWith: first, on: connection) }
    }

    private func next(endsDrain: Bool) -> Job? {
        state.withLock { state in
            if state.taken < state.jobs.count {
                state.taken += 1
                return state.jobs[state.taken - 1]
            }
            state.jobs.removeAll(keepingCapacity: true)
            state.taken = 0
            if endsDrain { state.isDraining = false }
            return nil
        }
    }

    private func takeAll() -> [Job] {
        state.withLock { state in
            defer { (state.jobs, state.taken) = ([], 0) }
            return Array(state.jobs[state.taken...])
        }
    }

    private func batch(startingWith first: Job, on connection: GRDB.Database) {
        var jobs: [Job] = []
        var outcomes: [Outcome] = []
        do {
            try run("BEGIN IMMEDIATE", on: connection)
        } catch {
            // Nobody who waits now would fare better, and each would wait for the lock anew.
            for job in [first] + takeAll() { job.fail(storageError(error)) }
            return
        }
        let end = DispatchTime.now().uptimeNanoseconds + Self.nanoseconds
        var job: Job? = first
        var isShielded = false
        do {
            while let current = job {
                jobs.append(current)
                if !isShielded, !current.isMigration, let outcome = try bare(current, on: connection) {
                    outcomes.append(outcome)
                } else if isShielded {
                    outcomes.append(try savepoint(current, on: connection))
                } else {
                    isShielded = true
                    try run("ROLLBACK", on: connection)
                    try run("BEGIN IMMEDIATE", on: connection)
                    outcomes = try jobs.map { try savepoint($0, on: connection) }
                }
                let isFull = jobs.count >= Self.limit || DispatchTime.now().uptimeNanoseconds >= end
                job = isFull ? nil : next(endsDrain: false)
            }
            try run("COMMIT", on: connection)
        } catch {
            // The transaction is gone, by SQLite's hand (disk full) or by ours, and with it what every caller wrote.
            if sqlite3_get_autocommit(connection.sqliteConnection) == 0 { try? run("ROLLBACK", on: connection) }
            for job in jobs { job.fail(storageError(error)) }
            return
        }
        state.withLock { $0.commits += 1 }
        for (job, outcome) in zip(jobs, outcomes) {
            switch outcome {
            case .success(let answer): answer()
            case .failure(let error): job.fail(error)
            }
        }
    }

    /// Runs `job` straight in the batch. Nil when it failed after it had changed something, which only the whole batch's end
    /// undoes. Throws when the whole batch is lost.
    private func bare(_ job: Job, on connection: GRDB.Database) throws -> Outcome? {
        let before = sqlite3_total_changes64(connection.sqliteConnection)
        let outcome = try outcome(of: job, on: connection)
        if case .failure = outcome, sqlite3_total_changes64(connection.sqliteConnection) != before { return nil }
        return outcome
    }

    /// Runs `job` so that its failure undoes only its own statements. Throws when the whole batch is lost.
    private func savepoint(_ job: Job, on connection: GRDB.Database) throws -> Outcome {
        try run("SAVEPOINT job", on: connection)
        let outcome = try outcome(of: job, on: connection)
        if case .failure = outcome { try run("ROLLBACK TO job", on: connection) }
        try run("RELEASE job", on: connection)
        return outcome
    }

    private func outcome(of job: Job, on connection: GRDB.Database) throws -> Outcome {
        let transaction = SQLiteTransaction(connection, isReadOnly: false)
        let outcome = Outcome {
            let answer = try job.run(transaction)
            if let failure = transaction.failure { throw failure }
            return answer
        }
        if case .failure(let error) = outcome, sqlite3_get_autocommit(connection.sqliteConnection) != 0 {
            throw transaction.failure ?? error
        }
        return outcome
    }

    private func run(_ text: String, on connection: GRDB.Database) throws {
        let statement = try connection.cachedStatement(sql: text).sqliteStatement
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw storageError(of: connection.sqliteConnection) }
    }
}
