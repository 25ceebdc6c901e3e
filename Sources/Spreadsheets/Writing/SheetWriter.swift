/// Writes one table from top to bottom, in the same memory however long it is. No cell is ever a formula or a link.
package protocol SheetWriter: AnyObject {
    /// Writes the next row.
    /// - Throws: ``SpreadsheetFault`` when the disk is full.
    func write(_ row: [Cell]) throws(SpreadsheetFault)
    /// Completes the file; nothing may be written after it.
    func finish() throws(SpreadsheetFault)
}

extension SpreadsheetFormat {
    /// A writer of a new file at `path`.
    /// - Parameters:
    ///   - title: the sheet's name.
    ///   - header: the names of the columns, written on top, in bold and kept in sight.
    package func writer(path: String, title: String, header: [String]) throws(SpreadsheetFault) -> any SheetWriter {
        switch self {
        case .xlsx: try XLSXWriter(path: path, title: title, header: header)
        case .csv: try CSVWriter(path: path, header: header)
        }
    }

    /// A writer of rows below a form's header, always as XLSX.
    package static func writer(path: String, form: FormShape) throws(SpreadsheetFault) -> any SheetWriter {
        try XLSXWriter(path: path, form: form)
    }

    package var mediaType: String {
        switch self {
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .csv: "text/csv; charset=utf-8"
        }
    }
}
