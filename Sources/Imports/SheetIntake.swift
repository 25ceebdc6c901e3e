import Dispatch
import Foundation
import Kernel
import Spreadsheets

/// An import's file in the clear, without a name and for as long as it is read, on a thread of its own.
actor SheetIntake {
    private let executor = QueueExecutor("jinlin.intake", qos: .utility)
    private let file: ScratchFile
    /// How much of the file is here.
    var bytes: Int { file.size }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Throws: ``SpreadsheetFault`` when the disk is full.
    init() throws(SpreadsheetFault) { file = try ScratchFile() }

    func append(_ bytes: [UInt8]) throws(SpreadsheetFault) { try file.append(bytes) }

    // MARK: Surveying

    /// Rows counted on the spot; longer sheets are counted when they are read.
    private static let counted = 20_000

    /// Looks at every sheet's top.
    func survey(for fields: [ImportField]) throws(SpreadsheetFault) -> Survey {
        let book = try Spreadsheet(path: file.path)
        var sheets: [Survey.Sheet] = []
        for (index, name) in book.sheets.enumerated().prefix(50) {
            let rows = try book.rows(ofSheet: index)
            var (top, count) = ([SheetRow](), 0)
            while count < Self.counted, let row = try rows.next() {
                count += 1
                if top.count < HeaderRules.depth + 8 { top.append(row) }
            }
            guard !top.isEmpty else { continue }
            let isWhole = count < Self.counted
            let header = HeaderRules.find(top, merged: isWhole && book.format == .xlsx ? rows.merged : nil, fields)
            let below = top.filter { row in header.map { row.number > $0.lastRow && !HeaderRules.isAside(row, $0) } ?? false }
            let above = top.count { row in header.map { row.number <= $0.lastRow } ?? true }
            sheets.append(
                Survey.Sheet(
                    index: index, name: name, header: header,
                    samples: below.prefix(3).map { row in row.cells.map { String($0.shown.prefix(60)) } },
                    rows: isWhole ? count - above : nil))
        }
        guard sheets.contains(where: { $0.header != nil }) else { throw SpreadsheetFault(sheets.isEmpty ? .empty : .noHeader) }
        return Survey(sheets: sheets)
    }

    // MARK: Reading

    /// The rows that are being read.
    private struct Reading {
        let book: Spreadsheet
        var sheets: [(index: Int, header: Header, columns: [Int?])]
        let fields: [ImportField]
        var rows: (any RowSource)?
        var done = 0
        let total: Int
        var ordinal = 0
    }
    private var reading: Reading?
    /// Of every field, where a value stands that no other row may have. Apart from the rest, so that nothing else holds it and it grows
    /// in place.
    private var seen: [[UInt64: Int]] = []

    func begin(_ survey: Survey, _ mapping: ColumnMapping, _ fields: [ImportField]) throws(SpreadsheetFault) {
        let chosen = survey.sheets.filter { mapping.sheets.contains($0.index) }
        let sheets = chosen.compactMap { sheet -> (Int, Header, [Int?])? in
            guard let header = sheet.header else { return nil }
            let columns = fields.map { field in header.names.firstIndex { !$0.isEmpty && mapping.fields[$0] == field.name } }
            return columns.contains { $0 != nil } ? (sheet.index, header, columns) : nil
        }
        reading = Reading(
            book: try Spreadsheet(path: file.path), sheets: sheets, fields: fields, rows: nil, total: max(1, sheets.count))
        seen = Array(repeating: [:], count: fields.count)
    }

    /// Some rows, read and judged one by one.
    struct Stretch: Sendable {
        var sound: [PreparedRow] = []
        var faults: [RowFault] = []
        var rows = 0
        var faulty = 0
        var thousandths = 0
        var isLast = false
    }

    /// The next `count` rows at most.
    func next(_ count: Int) throws(SpreadsheetFault) -> Stretch {
        var stretch = Stretch()
        while stretch.rows < count, let (sheet, row) = try nextRow() { judge(row, of: sheet, into: &stretch) }
        stretch.isLast = stretch.rows < count
        stretch.thousandths = reading.map { ($0.done * 1000 + ($0.rows?.thousandths ?? 0)) / $0.total } ?? 1000
        return stretch
    }

    /// The next row that is a record, with the sheet it is in.
    private func nextRow() throws(SpreadsheetFault) -> (sheet: Int, row: SheetRow)? {
        while let state = reading, state.done < state.sheets.count {
            let sheet = state.sheets[state.done]
            let rows: any RowSource
            if let open = state.rows { rows = open } else { rows = try state.book.rows(ofSheet: sheet.index) }
            reading?.rows = rows
            while let row = try rows.next() {
                if row.number > sheet.header.lastRow, !HeaderRules.isAside(row, sheet.header) { return (state.done, row) }
            }
            reading?.rows = nil
            reading?.done += 1
        }
        return nil
    }

    private func judge(_ row: SheetRow, of index: Int, into stretch: inout Stretch) {
        guard let state = reading else { return }
        let sheet = state.sheets[index]
        let ordinal = state.ordinal
        reading?.ordinal += 1
        stretch.rows += 1
        var (values, faults) = RowRules.read(row, sheet.columns, state.fields)
        for (place, field) in state.fields.enumerated() where field.isUnique && !values[place].isEmpty {
            let key = Self.hash(values[place])
            if let first = seen[place][key] {
                faults.append((sheet.columns[place], field.name, Fault("", "twice-in-file", ["row": String(first)])))
            } else {
                seen[place][key] = row.number
            }
        }
        if faults.isEmpty {
            stretch.sound.append(PreparedRow(ordinal: ordinal, sheet: sheet.index, row: row.number, values: values))
        } else {
            stretch.faulty += 1
            stretch.faults += faults.map { column, field, fault in
                RowFault(
                    ordinal: ordinal, sheet: sheet.index, row: row.number, column: column, field: field, code: fault.code,
                    values: fault.values)
            }
        }
    }

    /// FNV-1a: two values of one file in two thousand million million files would be taken for one.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    // MARK: The corrected file

    /// Writes the sheets that were taken again, each row with the reasons against it in a first column.
    /// - Parameter onlyFaulty: leaves the sound rows out.
    func annotate(
        _ survey: Survey, _ mapping: ColumnMapping, reasons: [Int: String], onlyFaulty: Bool, title: String, reasonName: String,
        to path: String
    ) throws(SpreadsheetFault) {
        let sheets = survey.sheets.filter { sheet in
            mapping.sheets.contains(sheet.index) && sheet.header?.names.contains { mapping.fields[$0] != nil } ?? false
        }
        let width = sheets.compactMap { $0.header?.names.count }.max() ?? 0
        let names = sheets.first?.header?.names ?? []
        let writer = try SpreadsheetFormat.xlsx.writer(path: path, title: title, header: [reasonName] + names)
        let book = try Spreadsheet(path: file.path)
        var ordinal = 0
        for sheet in sheets {
            guard let header = sheet.header else { continue }
            let rows = try book.rows(ofSheet: sheet.index)
            while let row = try rows.next() {
                guard row.number > header.lastRow, !HeaderRules.isAside(row, header) else { continue }
                defer { ordinal += 1 }
                let reason = reasons[ordinal]
                if onlyFaulty, reason == nil { continue }
                try writer.write([reason.map(Cell.text) ?? .empty] + (0..<max(width, row.cells.count)).map { row[$0] })
            }
        }
        try writer.finish()
    }
}
