import Foundation

/// Listens to a sheet: collects rows that have something in them.
final class SheetListener: XMLListener {
    /// Rows that were completed and not taken yet.
    var rows: [SheetRow] = []
    private(set) var merged: [CellRange] = []

    private let texts: SharedTexts?
    private let showsDate: [Bool]
    private let epoch: DateSerial.Epoch
    private let limits: ReadingLimits

    private enum Kind { case number, shared, text, flag, failure, date }
    private var cells: [Cell] = []
    private var (row, column) = (0, -1)
    private var kind = Kind.number
    private var style = 0
    private var value: [UInt8] = []
    private var isInValue = false

    init(texts: SharedTexts?, showsDate: [Bool], epoch: DateSerial.Epoch, limits: ReadingLimits) {
        self.texts = texts
        self.showsDate = showsDate
        self.epoch = epoch
        self.limits = limits
    }

    override func start(_ name: UnsafePointer<UInt8>, _ attributes: XMLAttributes) {
        if StaticString("c").isSame(as: name) {
            startCell(attributes)
        } else if StaticString("v").isSame(as: name) || StaticString("t").isSame(as: name) {
            isInValue = true
        } else if StaticString("row").isSame(as: name) {
            row = attributes.bytes("r").flatMap(Self.whole) ?? row + 1
            column = -1
            cells.removeAll(keepingCapacity: true)
        } else if StaticString("mergeCell").isSame(as: name), merged.count < 10_000 {
            if let range = attributes.text("ref").flatMap({ CellRange($0) }) { merged.append(range) }
        }
    }

    private func startCell(_ attributes: XMLAttributes) {
        if let address = attributes.bytes("r").flatMap({ CellAddress.read($0) }) { column = address.column } else { column += 1 }
        style = attributes.bytes("s").flatMap(Self.whole) ?? 0
        kind =
            switch attributes.bytes("t") {
            case nil: .number
            case let type? where type.elementsEqual("s".utf8): .shared
            case let type? where type.elementsEqual("str".utf8) || type.elementsEqual("inlineStr".utf8): .text
            case let type? where type.elementsEqual("b".utf8): .flag
            case let type? where type.elementsEqual("e".utf8): .failure
            case let type? where type.elementsEqual("d".utf8): .date
            default: .number
            }
        value.removeAll(keepingCapacity: true)
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isInValue else { return }
        value.append(contentsOf: bytes)
        if value.count > limits.cellBytes {
            fault = SpreadsheetFault(.cellTooLong, at: CellAddress(column: max(0, column), row: row).description)
        }
    }

    override func end(_ name: UnsafePointer<UInt8>) {
        if StaticString("v").isSame(as: name) || StaticString("t").isSame(as: name) {
            isInValue = false
        } else if StaticString("c").isSame(as: name) {
            endCell()
        } else if StaticString("row").isSame(as: name), !cells.isEmpty {
            rows.append(SheetRow(number: row, cells: cells))
        }
    }

    private func endCell() {
        guard !value.isEmpty else { return }
        guard column < limits.columns else {
            fault = SpreadsheetFault(.tooManyColumns, at: CellAddress(column: column, row: row).description)
            return
        }
        do throws(SpreadsheetFault) {
            let cell = try self.cell()
            if cell.isEmpty { return }
            while cells.count < column { cells.append(.empty) }
            // Cells of a row come from left to right; one that is told again is a damaged file.
            guard cells.count == column else {
                throw SpreadsheetFault(.damaged, at: CellAddress(column: column, row: row).description)
            }
            cells.append(cell)
        } catch {
            fault = error
        }
    }

    private func cell() throws(SpreadsheetFault) -> Cell {
        switch kind {
        case .shared:
            guard let index = value.withUnsafeBufferPointer(Self.whole), let text = try texts?.text(index) else {
                throw SpreadsheetFault(.damaged, at: CellAddress(column: column, row: row).description)
            }
            return .text(text)
        case .text: return .text(String(decoding: ExcelEscapes.resolved(value), as: UTF8.self))
        case .flag: return .flag(value == [0x31])
        case .failure: return .failure(String(decoding: value, as: UTF8.self))
        case .date: return .text(String(decoding: value.prefix { $0 != 0x54 }, as: UTF8.self))
        case .number:
            guard let number = Self.number(value), number.isFinite else { return .text(String(decoding: value, as: UTF8.self)) }
            if style < showsDate.count, showsDate[style], let day = DateSerial.day(number, epoch) { return .day(day) }
            return .number(number)
        }
    }

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 10 else { return nil }
        var number = 0
        for byte in bytes {
            guard (48...57).contains(byte) else { return nil }
            number = number * 10 + Int(byte) - 48
        }
        return number
    }

    private static func number(_ bytes: [UInt8]) -> Double? {
        if let whole = bytes.withUnsafeBufferPointer(whole) { return Double(whole) }
        return bytes.count <= 40 ? Double(String(decoding: bytes, as: UTF8.self)) : nil
    }
}
