import CPostgres
import Storage

/// An answer of the server; owns libpq's memory for it.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// The command's tag without its figures, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// How many rows the statement changed; 0 for one that only reads.
    var changes: Int { command.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func rows() -> [Row] {
        let count = PQntuples(handle)
        guard count > 0 else { return [] }
        let fields = 0..<PQnfields(handle)
        let columns = Row.Columns(fields.map { PQfname(handle, $0).map { String(cString: $0) } ?? "" })
        let types = fields.map { PQftype(handle, $0) }
        return (0..<count).map { row in
            Row(columns: columns, values: fields.map { value(row, $0, types[Int($0)]) })
        }
    }

    /// Decodes by type (pg_type.dat): whole numbers, floating point, bytes; anything else is text.
    private func value(_ row: Int32, _ field: Int32, _ type: Oid) -> StoredValue {
        guard PQgetisnull(handle, row, field) == 0, let start = PQgetvalue(handle, row, field) else { return .null }
        let length = Int(PQgetlength(handle, row, field))
        let raw = UnsafeRawBufferPointer(start: start, count: length)
        switch type {
        case 16: return .integer(raw.first == UInt8(ascii: "t") ? 1 : 0)
        case 17: return .bytes(Self.bytes(hexadecimal: raw))
        default: break
        }
        let text = String(decoding: raw, as: UTF8.self)
        switch type {
        case 20, 21, 23: return Int64(text).map(StoredValue.integer) ?? .text(text)
        case 700, 701: return Double(text).map(StoredValue.real) ?? .text(text)
        // Sums of `bigint` are `numeric`.
        case 1700: return Int64(text).map(StoredValue.integer) ?? Double(text).map(StoredValue.real) ?? .text(text)
        default: return .text(TextCoding.decode(text))
        }
    }

    /// Reads `\x00ff`.
    private static func bytes(hexadecimal text: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ character: UInt8) -> UInt8 { character <= 0x39 ? character - 0x30 : character - 0x61 + 10 }
        return stride(from: 2, to: text.count - 1, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
    }

    private func field(_ code: UnicodeScalar) -> String? {
        PQresultErrorField(handle, Int32(code.value)).map { String(cString: $0) }
    }

    /// The error this answer reports, as both engines call it (PostgreSQL documentation, appendix A).
    func error(isCommitUnknown: Bool) -> any Error {
        let state = field("C") ?? "?????"
        // What follows a colon and a quotation mark is data, which has no place in a log.
        let message = (field("M") ?? "").split(separator: ": \"", maxSplits: 1).first.map(String.init) ?? ""
        let constraint = field("n") ?? field("c") ?? message
        switch state {
        case "23505": return StorageError.uniqueViolation(constraint)
        case "23503": return StorageError.foreignKeyViolation(constraint)
        case "23514", "23502": return StorageError.checkViolation(constraint)
        case "40001", "40P01": return StorageError.serializationFailure
        case "26000": return StatementsStale()
        case "0A000" where message.hasPrefix("cached plan"): return StatementsStale()
        case "57P01", "57P02", "57P03": return ConnectionLost(reason: "\(state) \(message)", isCommitUnknown: isCommitUnknown)
        case "55P03", "57014": return StorageError.unavailable("\(state) \(message)")
        case "XX001", "XX002": return StorageError.corrupt("\(state) \(message)")
        default: break
        }
        switch state.prefix(2) {
        case "08": return ConnectionLost(reason: "\(state) \(message)", isCommitUnknown: isCommitUnknown)
        case "53", "58": return StorageError.unavailable("\(state) \(message)")
        default: return StorageError.other("\(state) \(message)")
        }
    }
}

/// The server is gone.
struct ConnectionLost: Error {
    let reason: String
    /// A commit was asked for and not answered: it may or may not have happened.
    let isCommitUnknown: Bool
}

/// A prepared statement no longer fits the schema; a fresh connection has none.
struct StatementsStale: Error {}
