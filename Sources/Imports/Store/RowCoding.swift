/// One row that was read and found sound by itself.
struct PreparedRow: Sendable, Hashable {
    /// Its place among all rows taken from the file, from 0.
    let ordinal: Int
    let sheet: Int
    let row: Int
    let values: [String]
}

/// Rows as bytes: numbers of four bytes, texts with their length before them. Short, and quick for hundreds of thousands.
enum RowCoding {
    struct Broken: Error {}

    static func encode(_ rows: [PreparedRow]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 256)
        func put(_ number: Int) {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) { bytes.append(contentsOf: $0) }
        }
        for row in rows {
            put(row.ordinal)
            put(row.sheet)
            put(row.row)
            put(row.values.count)
            for value in row.values {
                put(value.utf8.count)
                bytes.append(contentsOf: value.utf8)
            }
        }
        return bytes
    }

    /// - Throws: ``Broken``.
    static func decode(_ bytes: [UInt8]) throws(Broken) -> [PreparedRow] {
        var place = 0
        func number() throws(Broken) -> Int {
            guard place + 4 <= bytes.count else { throw Broken() }
            defer { place += 4 }
            return Int(bytes[place]) | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2]) << 16 | Int(bytes[place + 3]) << 24
        }
        var rows: [PreparedRow] = []
        while place < bytes.count {
            let (ordinal, sheet, row, count) = (try number(), try number(), try number(), try number())
            var values: [String] = []
            values.reserveCapacity(count)
            for _ in 0..<count {
                let length = try number()
                guard place + length <= bytes.count else { throw Broken() }
                values.append(String(decoding: bytes[place..<place + length], as: UTF8.self))
                place += length
            }
            rows.append(PreparedRow(ordinal: ordinal, sheet: sheet, row: row, values: values))
        }
        return rows
    }
}
