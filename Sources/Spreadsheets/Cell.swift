package import Kernel

/// What stands in one cell, read or to be written. 单元格
package enum Cell: Sendable, Hashable {
    case empty
    case text(String)
    /// A number as it was stored. Fifteen digits are kept, the rest is lost before we see it.
    case number(Double)
    /// A number shown as a date; its time of day is left out.
    case day(Day)
    case flag(Bool)
    /// A formula's failure, such as `#N/A`.
    case failure(String)

    package static func whole(_ number: Int) -> Cell { .number(Double(number)) }

    package var isEmpty: Bool {
        switch self {
        case .empty: true
        case .text(let text): text.isEmpty
        default: false
        }
    }

    /// As a person would read it; whole numbers without a point.
    package var shown: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(let number): Self.text(of: number)
        case .day(let day): day.description
        case .flag(let flag): flag ? "TRUE" : "FALSE"
        case .failure(let name): name
        }
    }

    private static func text(of number: Double) -> String {
        guard number.rounded() == number, abs(number) < 1e15 else { return "\(number)" }
        return String(Int64(number))
    }
}

/// One row of a sheet that has something in it.
package struct SheetRow: Sendable, Hashable {
    /// 1 for the topmost row of the sheet, or for the first line of a CSV file.
    package let number: Int
    /// From column A on; may be shorter than the row above.
    package let cells: [Cell]

    package init(number: Int, cells: [Cell]) {
        self.number = number
        self.cells = cells
    }

    /// The cell in `column`, 0 for A; empty beyond the row's end.
    package subscript(column: Int) -> Cell { column < cells.count ? cells[column] : .empty }
}

/// Where a cell is, such as `C12`.
package struct CellAddress: Sendable, Hashable, CustomStringConvertible {
    /// 0 for A.
    package let column: Int
    /// 1 for the topmost.
    package let row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// Reads `C12`; nil for anything else and beyond column XFD and row 1,048,576.
    package init?(_ text: some StringProtocol) {
        guard let (column, row) = Self.read(text.utf8), row > 0 else { return nil }
        self.init(column: column, row: row)
    }

    package var description: String { Self.letters(of: column) + String(row) }

    /// A for 0, AA for 26.
    package static func letters(of column: Int) -> String {
        var (letters, rest) = ("", column + 1)
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    /// Column and row of an address in bytes; the row is 0 when only letters stand there.
    static func read(_ bytes: some Sequence<UInt8>) -> (column: Int, row: Int)? {
        var (column, row, sawDigit) = (0, 0, false)
        for byte in bytes {
            switch byte {
            case 65...90 where !sawDigit: column = column * 26 + Int(byte) - 64
            case 97...122 where !sawDigit: column = column * 26 + Int(byte) - 96
            case 48...57:
                sawDigit = true
                row = row * 10 + Int(byte) - 48
            default: return nil
            }
            guard column <= 16_384, row <= 1_048_576 else { return nil }
        }
        return column > 0 ? (column - 1, row) : nil
    }
}
