import CXLSXWriter
import Foundation
import Kernel

/// Writes XLSX row by row through libxlsxwriter, which keeps no more than the row in memory.
final class XLSXWriter: SheetWriter {
    /// The rows of one sheet, header included (ECMA-376); what is longer goes on to a next sheet.
    private static let rowsPerSheet = 1_048_576
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let header: [String]
    private let title: String
    private let bold: UnsafeMutablePointer<lxw_format>?
    private let date: UnsafeMutablePointer<lxw_format>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var (row, sheets) = (0, 0)
    private var isOpen = true
    private let rowLimit: Int

    /// - Parameter rowLimit: smaller in tests only.
    init(path: String, title: String, header: [String], rowLimit: Int = rowsPerSheet) throws(SpreadsheetFault) {
        self.header = header
        self.title = Self.sheetName(title)
        self.rowLimit = rowLimit
        (book, bold, date) = try Self.open(path, keepsRows: false)
        try startSheet()
    }

    /// Another office's form down to its header, as that office laid it out. Cells that are joined over several rows need all rows in memory,
    /// so a form is for thousands of rows, not for hundreds of thousands.
    init(path: String, form: FormShape) throws(SpreadsheetFault) {
        header = form.header.names
        title = Self.sheetName(form.sheet)
        rowLimit = Self.rowsPerSheet
        (book, bold, date) = try Self.open(path, keepsRows: true)
        sheets = 1
        sheet = workbook_add_worksheet(book, title)
        guard sheet != nil else { throw SpreadsheetFault(.unavailable) }
        setWidths()
        for line in form.top {
            row = line.row - 1
            try put(line.texts.map { $0.isEmpty ? .empty : .text($0) }, bold)
        }
        try join(form)
        row = form.header.lastRow
    }

    /// - Parameter keepsRows: whether rows may be written to again.
    private static func open(
        _ path: String, keepsRows: Bool
    ) throws(SpreadsheetFault) -> (
        UnsafeMutablePointer<lxw_workbook>, UnsafeMutablePointer<lxw_format>?, UnsafeMutablePointer<lxw_format>?
    ) {
        let opened = NSTemporaryDirectory().withCString { folder in
            var options = lxw_workbook_options(
                constant_memory: keepsRows ? 0 : 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 1)
            return workbook_new_opt(path, &options)
        }
        guard let opened else { throw SpreadsheetFault(.unavailable) }
        let (bold, date) = (workbook_add_format(opened), workbook_add_format(opened))
        format_set_bold(bold)
        format_set_num_format(date, "yyyy-mm-dd")
        return (opened, bold, date)
    }

    /// Joins the cells of a form's top again; cells that overlap others, as damaged files have them, stay apart.
    private func join(_ form: FormShape) throws(SpreadsheetFault) {
        let centred = workbook_add_format(book)
        format_set_bold(centred)
        format_set_align(centred, UInt8(LXW_ALIGN_CENTER.rawValue))
        format_set_align(centred, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        for area in form.joined where area.columns.count * area.rows.count > 1 {
            let line = form.top.first { $0.row == area.rows.lowerBound }
            let first = area.columns.lowerBound
            let text = line.flatMap { first < $0.texts.count ? $0.texts[first] : nil } ?? ""
            worksheet_merge_range(
                sheet, UInt32(area.rows.lowerBound - 1), UInt16(first), UInt32(area.rows.upperBound - 1),
                UInt16(area.columns.upperBound), Self.fitting(text), centred)
        }
    }

    deinit { if isOpen { lxw_workbook_free(book) } }

    private func startSheet() throws(SpreadsheetFault) {
        sheets += 1
        row = 0
        sheet = workbook_add_worksheet(book, sheets == 1 ? title : String(title.prefix(24)) + " (\(sheets))")
        guard sheet != nil else { throw SpreadsheetFault(.unavailable) }
        worksheet_freeze_panes(sheet, 1, 0)
        setWidths()
        try put(header.map(Cell.text), bold)
    }

    /// Wide enough for what the columns are called; Chinese characters take two places.
    private func setWidths() {
        for (column, name) in header.enumerated() {
            let width = name.unicodeScalars.reduce(0) { $0 + ($1.value > 0xFF ? 2 : 1) }
            worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(max(10, min(40, width + 4))), nil)
        }
    }

    func write(_ row: [Cell]) throws(SpreadsheetFault) {
        if self.row == rowLimit { try startSheet() }
        try put(row, nil)
    }

    private func put(_ cells: [Cell], _ format: UnsafeMutablePointer<lxw_format>?) throws(SpreadsheetFault) {
        for (index, cell) in cells.enumerated() {
            let (line, column) = (UInt32(row), UInt16(index))
            let problem: lxw_error
            switch cell {
            case .empty: continue
            case .number(let number): problem = worksheet_write_number(sheet, line, column, number, format)
            case .flag(let flag): problem = worksheet_write_boolean(sheet, line, column, flag ? 1 : 0, format)
            case .day(let day) where day.year >= 1901:
                problem = worksheet_write_number(sheet, line, column, DateSerial.serial(of: day), date)
            case .text(let text): problem = worksheet_write_string(sheet, line, column, Self.fitting(text), format)
            case .day, .failure: problem = worksheet_write_string(sheet, line, column, cell.shown, format)
            }
            guard problem == LXW_NO_ERROR else {
                throw SpreadsheetFault(.unavailable, at: String(cString: lxw_strerror(problem)))
            }
        }
        row += 1
    }

    func finish() throws(SpreadsheetFault) {
        isOpen = false
        guard workbook_close(book) == LXW_NO_ERROR else { throw SpreadsheetFault(.unavailable) }
    }

    /// At most Excel's 32,767 characters, and none of those that XML cannot hold.
    private static func fitting(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { $0.value >= 32 || [9, 10, 13].contains($0.value) }.filter {
            ![0xFFFE, 0xFFFF].contains($0.value)
        }
        let whole = plain.count <= 16_000
        return ExcelEscapes.escaped(String(String.UnicodeScalarView(plain.prefix(16_000)))) + (whole ? "" : "…")
    }

    /// A name Excel takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at either end.
    static func sheetName(_ title: String) -> String {
        let plain = title.map { "[]:*?/\\".contains($0) ? " " : $0 }.drop { $0 == "'" || $0 == " " }.prefix(31)
        let name = String(plain).trimmed.trimmingCharacters(in: CharacterSet(charactersIn: "'"))
        return name.isEmpty ? "Sheet1" : name
    }
}
