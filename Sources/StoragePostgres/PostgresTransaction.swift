import Storage

/// One transaction on a PostgreSQL connection in pipeline mode.
final class PostgresTransaction: SchemaTransaction {
    let dialect = Dialect.postgres
    /// The first error of a statement. The server has given the transaction up then, even if the closure carries on.
    private(set) var failure: (any Error)?
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) { self.connection = connection }

    func query(_ sql: SQL) throws -> [Row] {
        try noting {
            try connection.send(sql)
            return try connection.settle()?.rows() ?? []
        }
    }

    func execute(_ sql: SQL) throws -> Int {
        try noting {
            try connection.send(sql)
            return try connection.settle()?.changes ?? 0
        }
    }

    func enqueue(_ sql: SQL) throws {
        try noting {
            try connection.send(sql)
            // Answers pile up in memory until somebody reads them.
            if connection.unanswered > 512 { _ = try connection.settle() }
        }
    }

    func define(_ statement: String) throws {
        try noting {
            try connection.send(unprepared: statement)
            _ = try connection.settle()
        }
    }

    private func noting<Value>(_ work: () throws -> Value) throws -> Value {
        if let failure { throw failure }
        do {
            return try work()
        } catch {
            failure = error
            throw error
        }
    }
}
