/// A CSV file (RFC 4180) in UTF-8, GB18030 or UTF-16, with whatever delimiter it has.
final class CSVFile: SheetSource {
    let names = [""]
    private let path: String
    private let limits: ReadingLimits

    init(path: String, limits: ReadingLimits) throws(SpreadsheetFault) {
        self.path = path
        self.limits = limits
    }

    func rows(ofSheet index: Int) throws(SpreadsheetFault) -> any RowSource {
        try CSVRows(try TextFile(try ReadFile(path)), limits)
    }
}

/// The records of a CSV file. Every field is text; a record is numbered by its line, so that people find it.
final class CSVRows: RowSource {
    let merged: [CellRange] = []
    private let file: TextFile
    private let limits: ReadingLimits
    private let delimiter: UInt8
    private var bytes: [UInt8]
    private var place: Int
    private var isAtEnd = false
    /// The line the reader is on.
    private var line = 1

    init(_ file: TextFile, _ limits: ReadingLimits) throws(SpreadsheetFault) {
        self.file = file
        self.limits = limits
        bytes = try file.next()
        (delimiter, place) = CSVDialect.delimiter(in: bytes)
        if place > 0 { line = 2 }
    }

    var thousandths: Int { file.thousandths }

    func next() throws(SpreadsheetFault) -> SheetRow? {
        while let (number, cells) = try record() {
            if cells.contains(where: { !$0.isEmpty }) { return SheetRow(number: number, cells: cells) }
        }
        return nil
    }

    private func byte() throws(SpreadsheetFault) -> UInt8? {
        if place == bytes.count {
            guard !isAtEnd else { return nil }
            bytes = try file.next()
            place = 0
            isAtEnd = bytes.isEmpty
            if isAtEnd { return nil }
        }
        return bytes[place]
    }

    /// The next record; nil at the end.
    private func record() throws(SpreadsheetFault) -> (number: Int, cells: [Cell])? {
        guard try byte() != nil else { return nil }
        let number = line
        var cells: [Cell] = []
        while true {
            let field = try self.field(from: number)
            if cells.count < limits.columns {
                cells.append(field.isEmpty ? .empty : .text(String(decoding: field, as: UTF8.self)))
            } else if !field.isEmpty {
                throw SpreadsheetFault(.tooManyColumns, at: String(number))
            }
            guard let mark = try byte() else { return (number, cells) }
            place += 1
            if mark == delimiter { continue }
            if mark == 13, try byte() == 10 { place += 1 }
            line += 1
            return (number, cells)
        }
    }

    /// Reads up to the delimiter, the line's end or the file's.
    private func field(from record: Int) throws(SpreadsheetFault) -> [UInt8] {
        guard try byte() == UInt8(ascii: "\"") else { return try bareField(from: record) }
        place += 1
        var field: [UInt8] = []
        while let next = try byte() {
            place += 1
            if next != UInt8(ascii: "\"") {
                // A line break inside a field; CR LF counts once.
                if next == 10 { line += 1 }
                try add(next, to: &field, record)
                continue
            }
            switch try byte() {
            case UInt8(ascii: "\""):
                place += 1
                try add(next, to: &field, record)
            case nil, 10, 13, delimiter: return field
            default: throw SpreadsheetFault(.badQuote, at: String(line))
            }
        }
        throw SpreadsheetFault(.badQuote, at: String(record))
    }

    private func bareField(from record: Int) throws(SpreadsheetFault) -> [UInt8] {
        var field: [UInt8] = []
        while let next = try byte(), next != delimiter, next != 10, next != 13 {
            guard next != UInt8(ascii: "\"") else { throw SpreadsheetFault(.badQuote, at: String(line)) }
            place += 1
            try add(next, to: &field, record)
        }
        return field
    }

    private func add(_ byte: UInt8, to field: inout [UInt8], _ record: Int) throws(SpreadsheetFault) {
        field.append(byte)
        if field.count > limits.cellBytes { throw SpreadsheetFault(.cellTooLong, at: String(record)) }
    }
}
