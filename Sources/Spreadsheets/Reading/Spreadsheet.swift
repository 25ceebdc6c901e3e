import Foundation

/// A spreadsheet file, opened for reading from top to bottom. 电子表格
///
/// Reading takes the same memory however large the file is. Formulas give the value that was last computed; nothing is ever computed,
/// fetched or run.
package final class Spreadsheet {
    package let format: SpreadsheetFormat
    /// The names of the sheets that hold rows, in order; a CSV file has one without a name.
    package let sheets: [String]
    private let source: any SheetSource

    /// - Throws: ``SpreadsheetFault``.
    package init(path: String, limits: ReadingLimits = ReadingLimits()) throws(SpreadsheetFault) {
        format = try SpreadsheetFormat(ofFile: path, limits: limits)
        source =
            switch format {
            case .xlsx: try XLSXWorkbook(path: path, limits: limits)
            case .csv: try CSVFile(path: path, limits: limits)
            }
        sheets = source.names
    }

    /// The rows of a sheet, without those that are empty.
    /// - Throws: ``SpreadsheetFault``.
    package func rows(ofSheet index: Int) throws(SpreadsheetFault) -> any RowSource {
        guard sheets.indices.contains(index) else { throw SpreadsheetFault(.noSuchSheet) }
        return try source.rows(ofSheet: index)
    }
}

/// What a file gives besides its rows.
protocol SheetSource {
    var names: [String] { get }
    func rows(ofSheet index: Int) throws(SpreadsheetFault) -> any RowSource
}

/// Rows from top to bottom, read as they are asked for.
package protocol RowSource: AnyObject {
    /// Nil after the last.
    /// - Throws: ``SpreadsheetFault``.
    func next() throws(SpreadsheetFault) -> SheetRow?
    /// Cells that were joined into one, known when the last row has been read.
    var merged: [CellRange] { get }
    /// How much of the sheet has been read, from 0 to 1000.
    var thousandths: Int { get }
}

/// A rectangle of cells, such as `A1:D1`.
package struct CellRange: Sendable, Hashable {
    package let first: CellAddress
    package let last: CellAddress

    package init(first: CellAddress, last: CellAddress) {
        self.first = first
        self.last = last
    }

    init?(_ text: String) {
        let ends = text.split(separator: ":")
        guard let first = ends.first.flatMap({ CellAddress($0) }), let last = ends.last.flatMap({ CellAddress($0) }),
            ends.count <= 2,
            first.column <= last.column, first.row <= last.row
        else { return nil }
        self.init(first: first, last: last)
    }

    package func contains(column: Int, row: Int) -> Bool {
        (first.column...last.column).contains(column) && (first.row...last.row).contains(row)
    }
}
