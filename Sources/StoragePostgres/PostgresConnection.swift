import CPostgres
import Foundation
import Storage

/// A libpq connection in pipeline mode: statements are sent without waiting, and ``settle()`` collects their answers.
///
/// Not thread-safe; it never leaves its ``PostgresSession``.
final class PostgresConnection {
    /// A statement is prepared once for each combination of its parameters' types.
    private struct Key: Hashable {
        let text: String
        let types: [Oid]
    }

    /// What the server owes an answer for.
    private enum Expected {
        case statement
        case preparation(Key)
        case synchronisation
    }

    /// Statements with more values (long lists) are not kept, and when this many are kept, all are forgotten.
    private static let (keptValues, keptStatements) = (64, 500)

    private let handle: OpaquePointer
    private var names: [Key: String] = [:]
    private var namesGiven = 0
    private var expected: [Expected] = []
    private var parameters = PostgresParameters()
    private var isCommitSent = false

    /// Connects and waits for it.
    /// - Throws: ``StorageError/unavailable(_:)``.
    init(url: String) throws {
        // What the URL says wins over what comes before it.
        let settings = [
            ("connect_timeout", "5"), ("keepalives_idle", "30"), ("tcp_user_timeout", "15000"), ("application_name", "jinlin"),
            ("dbname", url), ("client_encoding", "UTF8"),
        ]
        let texts = settings.map { (strdup($0.0), strdup($0.1)) }
        defer { for (key, value) in texts { free(key); free(value) } }
        let keys = texts.map { UnsafePointer($0.0) } + [nil]
        let values = texts.map { UnsafePointer($0.1) } + [nil]
        guard let handle = PQconnectdbParams(keys, values, 1) else {
            throw StorageError.unavailable("no memory for a connection")
        }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else { throw StorageError.unavailable("cannot connect: \(lastMessage)") }
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        guard PQenterPipelineMode(handle) == 1 else { throw StorageError.unavailable("no pipeline mode: \(lastMessage)") }
        try configure()
    }

    deinit { PQfinish(handle) }

    /// Durability must not depend on the server's configuration; planning in machine code never pays for short statements.
    private func configure() throws {
        do {
            try send(
                unprepared: """
                    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
                    UNION ALL SELECT set_config('jit', 'off', false) UNION ALL SELECT set_config('lock_timeout', '5s', false)
                    """)
            _ = try settle()
        } catch let lost as ConnectionLost {
            throw StorageError.unavailable(lost.reason)
        }
    }

    var unanswered: Int { expected.count }

    /// Whether nothing is wrong with the connection as far as is known.
    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK && expected.isEmpty }

    /// Reads what is still owed from a read's end and looks whether the server has hung up since. False when it is dead.
    func prepareForUse() -> Bool {
        isCommitSent = false
        if !expected.isEmpty, (try? collect()) == nil { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        if poll(&descriptor, 1, 0) != 0, PQconsumeInput(handle) == 0 { return false }
        guard isUsable else { return false }
        // Forgetting is allowed outside a transaction only: inside a failed one the server would not do it.
        if names.count > Self.keptStatements {
            names = [:]
            return (try? send(unprepared: "DEALLOCATE ALL")) != nil && (try? settle()) != nil
        }
        return true
    }

    // Sending

    /// Sends a statement, preparing it on this connection first if that has not been done.
    func send(_ sql: SQL) throws {
        let (text, values) = sql.rendered(for: .postgres)
        parameters.fill(values)
        guard values.count <= Self.keptValues else {
            try check(
                parameters.withPointers {
                    PQsendQueryParams(handle, text, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 0)
                })
            return expected.append(.statement)
        }
        let key = Key(text: text, types: parameters.types)
        let name: String
        if let known = names[key] {
            name = known
        } else {
            namesGiven += 1
            name = "s\(namesGiven)"
            try check(PQsendPrepare(handle, name, text, Int32(values.count), parameters.types))
            expected.append(.preparation(key))
            names[key] = name
        }
        try check(parameters.withPointers { PQsendQueryPrepared(handle, name, $0.count, $0.values, $0.lengths, $0.formats, 0) })
        expected.append(.statement)
    }

    /// Sends a statement without values that is unlikely to come again.
    func send(unprepared text: String) throws {
        try check(PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0))
        expected.append(.statement)
    }

    private func synchronise() throws {
        try check(PQpipelineSync(handle))
        expected.append(.synchronisation)
    }

    private func check(_ code: Int32) throws {
        if code != 1 { throw ConnectionLost(reason: lastMessage, isCommitUnknown: isCommitSent) }
    }

    // Waiting

    /// Waits for the answers to everything sent and returns the last statement's.
    /// - Throws: the first failed statement's error, or ``ConnectionLost``.
    func settle() throws -> PostgresResult? {
        try synchronise()
        return try collect()
    }

    private func collect() throws -> PostgresResult? {
        var last: PostgresResult?
        var failure: (any Error)?
        for item in expected {
            guard let pointer = PQgetResult(handle) else { throw lost }
            let result = PostgresResult(pointer)
            if case .synchronisation = item {
                guard result.status == PGRES_PIPELINE_SYNC else { throw lost }
                continue
            }
            switch result.status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                if case .statement = item { last = result }
            case PGRES_PIPELINE_ABORTED: forget(item)
            default:
                failure = failure ?? result.error(isCommitUnknown: isCommitSent)
                forget(item)
            }
            guard PQstatus(handle) == CONNECTION_OK else { throw lost }
            // A null ends the answer of each statement.
            while let more = PQgetResult(handle) { PQclear(more) }
        }
        expected.removeAll(keepingCapacity: true)
        if let failure { throw failure }
        return last
    }

    private func forget(_ item: Expected) {
        if case .preparation(let key) = item { names[key] = nil }
    }

    private var lost: ConnectionLost { ConnectionLost(reason: lastMessage, isCommitUnknown: isCommitSent) }

    private var lastMessage: String { String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines) }
}

// Ends of transactions
extension PostgresConnection {
    /// Commits, together with whatever is enqueued. From here on a broken connection leaves the outcome unknown.
    func commit() throws {
        try send("COMMIT")
        isCommitSent = true
        let answer = try settle()
        isCommitSent = false
        // A transaction that had failed unnoticed answers ROLLBACK.
        guard answer?.command == "COMMIT" else { throw StorageError.other("a commit was answered \(answer?.command ?? "not")") }
    }

    /// Ends a read. The answer is looked at when the connection is used next.
    func commitLater() throws {
        if expected.contains(where: { if case .statement = $0 { true } else { false } }) { _ = try settle() }
        try send("COMMIT")
        try synchronise()
    }

    /// Undoes what was sent; a synchronisation lies between, because a failed statement makes the server skip up to there.
    func rollback() throws {
        guard PQstatus(handle) == CONNECTION_OK else { return }
        if !expected.isEmpty { _ = try? settle() }
        try send("ROLLBACK")
        _ = try settle()
    }
}
