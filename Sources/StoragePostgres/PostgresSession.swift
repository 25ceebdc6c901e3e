import Kernel
import Storage

/// One place in the pool: a connection confined to a queue of its own, because libpq blocks its thread while it waits.
actor PostgresSession {
    private let url: String
    private let executor = QueueExecutor("jinlin.postgres")
    private var connection: PostgresConnection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(url: String) { self.url = url }

    func read<Value: Sendable>(_ body: @Sendable (any Transaction) throws -> Value) throws -> Value {
        try onConnection { connection in
            try Self.transaction(on: connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body) {
                try connection.commitLater()
            }
        }
    }

    func write<Value: Sendable>(
        _ isolation: Isolation, _ body: @Sendable (any Transaction) throws -> Value
    ) throws -> Value {
        let begin: SQL =
            switch isolation {
            case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
            case .snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ"
            }
        return try onConnection { connection in
            try Self.transaction(on: connection, begin, body) { try connection.commit() }
        }
    }

    func migrate(_ body: @Sendable (any SchemaTransaction) throws -> Void) throws {
        try onConnection { connection in
            // Two processes that start at once take turns; READ COMMITTED shows the second what the first has done.
            try Self.transaction(
                on: connection, "BEGIN ISOLATION LEVEL READ COMMITTED",
                { transaction in
                    try transaction.enqueue("SET LOCAL lock_timeout = 0")
                    _ = try transaction.query("SELECT pg_advisory_xact_lock(7310575242186403186)")
                    try body(transaction)
                }, end: { try connection.commit() })
        }
    }

    /// Runs one command that may not run in a transaction.
    func command(_ text: String) throws {
        try onConnection { connection in
            try connection.send(unprepared: text)
            _ = try connection.settle()
        }
    }

    func close() { connection = nil }

    private static func transaction<Value>(
        on connection: PostgresConnection, _ begin: SQL, _ body: (PostgresTransaction) throws -> Value, end: () throws -> Void
    ) throws -> Value {
        do {
            let transaction = PostgresTransaction(connection)
            try transaction.enqueue(begin)
            let value = try body(transaction)
            if let failure = transaction.failure { throw failure }
            try end()
            return value
        } catch {
            try connection.rollback()
            throw error
        }
    }

    /// Runs `work` on a live connection. One that turns out dead before a commit was asked for is replaced, once.
    private func onConnection<Value>(_ work: (PostgresConnection) throws -> Value) throws -> Value {
        var isLast = false
        while true {
            let connection = try liveConnection(isFresh: &isLast)
            do {
                return try work(connection)
            } catch let error as ConnectionLost {
                self.connection = nil
                if isLast || error.isCommitUnknown { throw StorageError.unavailable(error.reason) }
                isLast = true
            } catch is StatementsStale {
                // A migration changed what a prepared statement returns.
                self.connection = nil
                if isLast { throw StorageError.serializationFailure }
                isLast = true
            } catch {
                if !connection.isUsable { self.connection = nil }
                throw error
            }
        }
    }

    private func liveConnection(isFresh: inout Bool) throws -> PostgresConnection {
        if let connection, connection.prepareForUse() { return connection }
        isFresh = true
        let fresh = try PostgresConnection(url: url)
        connection = fresh
        return fresh
    }
}
