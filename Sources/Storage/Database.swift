/// One transaction on one connection. Synchronous, so nothing can suspend half-way.
package protocol Transaction {
    var dialect: Dialect { get }

    /// Runs a statement and returns its rows (also those of `RETURNING`).
    func query(_ sql: SQL) throws -> [Row]

    /// Runs a statement and returns how many rows it changed.
    @discardableResult func execute(_ sql: SQL) throws -> Int

    /// Runs a statement at the latest when the transaction commits, without waiting for its answer; if it fails, the
    /// transaction fails. Saves a round trip on PostgreSQL; for writes whose outcome nothing decides on.
    func enqueue(_ sql: SQL) throws
}

extension Transaction {
    /// The first row, if any.
    package func first(_ sql: SQL) throws -> Row? { try query(sql).first }

    /// The only value of a one-column, one-row answer.
    package func value<Value: SQLValue>(_ sql: SQL, as type: Value.Type = Value.self) throws -> Value? {
        guard let row = try first(sql), let stored = row.values.first else { return nil }
        guard let value = Value(stored: stored) else { throw StorageError.corrupt("the answer is not a \(type)") }
        return value
    }
}

/// How well a write is shielded from others that run at the same moment.
///
/// On SQLite writes run one after the other, so both are the same.
package enum Isolation: Sendable {
    /// As if it ran alone. What a rule has read before deciding still holds when the write commits.
    case serializable
    /// On one snapshot: two writes cannot overwrite each other's row, but each may miss a row that the other inserts. For
    /// hot paths that insert and decide nothing from the absence or number of rows (docs/decisions/0002).
    case snapshot
}

/// A database. `write` is durable when it returns (design.md rule 10): every engine syncs its log first.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` on a consistent snapshot. Statements that write fail.
    /// - Throws: ``StorageError/unavailable(_:)`` when no connection comes free within the waiting time, and whatever `body` throws.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value

    /// Runs `body` in a transaction; commits durably when it returns and rolls back when it throws. `body` may run more
    /// than once, because a transaction that lost a race is retried: it must have no effect outside the transaction.
    func write<Value: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value

    /// Runs a script of schema statements in one transaction, for migrations.
    func migrate(_ body: @escaping @Sendable (any SchemaTransaction) throws -> Void) async throws

    /// Waits for running work and closes every connection. Later calls throw ``StorageError/unavailable(_:)``.
    func close() async
}

extension Database {
    /// Runs `body` in a ``Isolation/serializable`` transaction: the safe choice, and the usual one.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
        try await write(.serializable, body)
    }
}

/// A transaction that may also change the schema, from text.
package protocol SchemaTransaction: Transaction {
    /// Runs one schema statement, already in the engine's dialect.
    func define(_ statement: String) throws
}

extension Transaction {
    /// Enqueues an insert of many rows, some dozens to a statement: for bulk loads, where the statements themselves would cost the most.
    /// - Parameters:
    ///   - insert: everything up to and with `VALUES `.
    ///   - rows: each in brackets.
    package func enqueue(_ insert: SQL, rows: [SQL]) throws {
        for start in stride(from: 0, to: rows.count, by: 32) {
            try enqueue(insert + .joined(rows[start..<min(start + 32, rows.count)], separator: ", "))
        }
    }
}

extension Transaction {
    /// Takes the planner's figures of tables anew in the middle of a bulk load: PostgreSQL would go on with those of an empty table.
    /// SQLite plans by its indexes and needs none.
    package func measure(_ tables: SQL) throws {
        if dialect == .postgres { try enqueue("ANALYZE \(tables)") }
    }
}
