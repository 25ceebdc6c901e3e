import GRDB
import GRDBSQLite
import Storage

/// One transaction on a SQLite connection.
///
/// Statements come from GRDB's cache; binding and decoding go straight to SQLite, which saves GRDB's argument and row
/// objects on the hot path. As on PostgreSQL, a statement that failed fails the transaction, even if the closure carries on.
final class SQLiteTransaction: SchemaTransaction {
    let dialect = Dialect.sqlite
    /// The first error of a statement.
    private(set) var failure: StorageError?
    private let connection: GRDB.Database
    private let isReadOnly: Bool

    /// A statement with more values than this (a long list) is unlikely to come again in the same length, so it is not kept.
    private static let keptValues = 64

    init(_ connection: GRDB.Database, isReadOnly: Bool) {
        self.connection = connection
        self.isReadOnly = isReadOnly
    }

    func query(_ sql: Storage.SQL) throws -> [Storage.Row] {
        var rows: [Storage.Row] = []
        try run(sql) { statement, columns in
            rows.append(Storage.Row(columns: columns, values: Self.values(of: statement, count: columns.names.count)))
        }
        return rows
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        let isReading = try run(sql) { _, _ in }
        return isReading ? 0 : Int(sqlite3_changes(connection.sqliteConnection))
    }

    func enqueue(_ sql: Storage.SQL) throws { try run(sql) { _, _ in } }

    func define(_ statement: String) throws {
        if let failure { throw failure }
        do {
            try connection.execute(sql: statement)
        } catch let error as DatabaseError {
            throw fail(storageError(error))
        }
    }

    /// Binds, steps through all rows and resets. Returns whether the statement only reads.
    @discardableResult
    private func run(_ sql: Storage.SQL, row: (OpaquePointer, Storage.Row.Columns) -> Void) throws -> Bool {
        if let failure { throw failure }
        let (text, values) = sql.rendered(for: .sqlite)
        let prepared: Statement
        do {
            let isKept = values.count <= Self.keptValues
            prepared = try isKept ? connection.cachedStatement(sql: text) : connection.makeStatement(sql: text)
        } catch let error as DatabaseError {
            throw fail(storageError(error))
        }
        let statement = prepared.sqliteStatement
        let isReading = sqlite3_stmt_readonly(statement) != 0
        guard isReading || !isReadOnly else { throw fail(.other("a statement that writes, in a read")) }
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
            // One that is not kept would be finalised after its last mention.
            withExtendedLifetime(prepared) {}
        }
        for (index, value) in values.enumerated() {
            guard Self.bind(value, to: statement, at: Int32(index + 1)) == SQLITE_OK else { throw fail(lastError) }
        }
        var columns: Storage.Row.Columns?
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let known = columns ?? Self.columns(of: statement)
                columns = known
                row(statement, known)
            case SQLITE_DONE: return isReading
            default: throw fail(lastError)
            }
        }
    }

    private var lastError: StorageError { storageError(of: connection.sqliteConnection) }

    private func fail(_ error: StorageError) -> StorageError {
        failure = failure ?? error
        return error
    }
}

// Values in and out
extension SQLiteTransaction {
    /// Tells SQLite to take a copy of the bytes at once.
    private static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private static func bind(_ value: StoredValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(let text):
            // An empty string may have no address, and a null pointer would bind NULL.
            if text.isEmpty { return sqlite3_bind_text(statement, index, "", 0, copying) }
            var encoded = TextCoding.encode(text)
            return encoded.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copying)
                }
            }
        case .bytes(let bytes):
            if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copying) }
        }
    }

    private static func columns(of statement: OpaquePointer) -> Storage.Row.Columns {
        Storage.Row.Columns(
            (0..<sqlite3_column_count(statement)).map { index in
                sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
            })
    }

    private static func values(of statement: OpaquePointer, count: Int) -> [StoredValue] {
        (0..<Int32(count)).map { index in
            switch sqlite3_column_type(statement, index) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
            case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
            case SQLITE_TEXT:
                let start = sqlite3_column_text(statement, index)
                let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
                return .text(TextCoding.decode(String(decoding: bytes, as: UTF8.self)))
            case SQLITE_BLOB:
                let start = sqlite3_column_blob(statement, index)
                return .bytes(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))))
            default: return .null
            }
        }
    }
}
