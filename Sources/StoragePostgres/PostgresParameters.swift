import CPostgres
import Storage

/// A statement's values as libpq takes them. Kept by the connection, so its memory is used again.
///
/// Text is sent untyped, so the server infers uuid or text from where it stands; numbers and bytes are sent binary.
struct PostgresParameters {
    /// What the C functions take.
    struct Pointers {
        let count: Int32
        let types: [Oid]
        let values: [UnsafePointer<CChar>?]
        let lengths: [Int32]
        let formats: [Int32]
    }

    private static let (inferred, bytea, int8, float8): (Oid, Oid, Oid, Oid) = (0, 17, 20, 701)

    private(set) var types: [Oid] = []
    private var memory: [UInt8] = []
    /// Where in `memory` each value begins; negative for null.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    mutating func fill(_ values: [StoredValue]) {
        types.removeAll(keepingCapacity: true)
        memory.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for value in values {
            let start = memory.count
            switch value {
            case .null: add(Self.inferred, at: -1, isBinary: false)
            case .integer(let number):
                withUnsafeBytes(of: number.bigEndian) { memory.append(contentsOf: $0) }
                add(Self.int8, at: start, isBinary: true)
            case .real(let number):
                withUnsafeBytes(of: number.bitPattern.bigEndian) { memory.append(contentsOf: $0) }
                add(Self.float8, at: start, isBinary: true)
            case .text(let text):
                memory.append(contentsOf: TextCoding.encode(text).utf8)
                add(Self.inferred, at: start, isBinary: false)
            case .bytes(let bytes):
                memory.append(contentsOf: bytes)
                add(Self.bytea, at: start, isBinary: true)
            }
            // Ends texts, and gives empty bytes an address of their own.
            memory.append(0)
        }
    }

    private mutating func add(_ type: Oid, at offset: Int, isBinary: Bool) {
        types.append(type)
        offsets.append(offset)
        lengths.append(offset < 0 ? 0 : Int32(memory.count - offset))
        formats.append(isBinary ? 1 : 0)
    }

    /// Calls `body` with pointers that are valid until it returns.
    func withPointers<Value>(_ body: (Pointers) -> Value) -> Value {
        memory.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = offsets.map { offset in offset < 0 ? nil : start.map { UnsafePointer($0 + offset) } }
            return body(Pointers(count: Int32(offsets.count), types: types, values: values, lengths: lengths, formats: formats))
        }
    }
}
