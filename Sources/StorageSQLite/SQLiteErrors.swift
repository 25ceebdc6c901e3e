import GRDB
import GRDBSQLite
import Storage

/// The error of the last call on `connection`.
func storageError(of connection: OpaquePointer?) -> StorageError {
    guard let connection else { return .unavailable("the database is closed") }
    return storageError(code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
}

/// `error` as both engines call it. What is not a database's error stays what it is.
func storageError(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    return storageError(error)
}

func storageError(_ error: DatabaseError) -> StorageError {
    storageError(code: error.extendedResultCode.rawValue, message: error.message ?? "")
}

/// Translates an extended result code (https://www.sqlite.org/rescode.html).
private func storageError(code: Int32, message: String) -> StorageError {
    // `UNIQUE constraint failed: grid.town_id, grid.id` – the names are what the log needs.
    let names = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
    switch code {
    case 2067, 1555, 2579: return .uniqueViolation(names)
    case 787: return .foreignKeyViolation(names)
    // CHECK, NOT NULL, RAISE(ABORT) in a trigger
    case 275, 1299, 1811: return .checkViolation(names)
    default: break
    }
    switch code & 0xFF {
    case SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_MISUSE:
        return .unavailable("SQLite \(code): \(message)")
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt("SQLite \(code): \(message)")
    default: return .other("SQLite \(code): \(message)")
    }
}
