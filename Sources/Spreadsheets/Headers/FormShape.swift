/// Another office's form as far as it is worth keeping: what stands above its rows and below them, and what its columns are called. 表样
///
/// What somebody has filled in already is not part of it.
package struct FormShape: Sendable, Codable, Hashable {
    package struct Line: Sendable, Codable, Hashable {
        /// 1 for the topmost.
        package let row: Int
        package let texts: [String]
    }
    /// Joined cells of the top, each as first column and row, last column and row.
    package struct Joined: Sendable, Codable, Hashable {
        package let columns: ClosedRange<Int>
        package let rows: ClosedRange<Int>
    }

    package let sheet: String
    package let header: Header
    /// Down to the header's last row.
    package let top: [Line]
    package let joined: [Joined]
    /// Totals, signatures and remarks below the rows.
    package let bottom: [[String]]

    /// Rows that are looked at for what stands below them; a form has fewer.
    private static let depth = 5000

    /// Reads the sheet of a file that names the most of `columns`.
    /// - Throws: ``SpreadsheetFault``, `noHeader` when no sheet names any column.
    package static func read(path: String, _ columns: [some NamedColumn]) throws(SpreadsheetFault) -> FormShape {
        let book = try Spreadsheet(path: path)
        var best: (shape: FormShape, score: Int)?
        for index in book.sheets.indices.prefix(20) {
            guard let shape = try read(book, index, columns) else { continue }
            let score = ColumnRules.match(shape.header.names, columns).count
            if best.map({ score > $0.score }) ?? true { best = (shape, score) }
        }
        guard let best else { throw SpreadsheetFault(book.sheets.isEmpty ? .empty : .noHeader) }
        return best.shape
    }

    private static func read(
        _ book: Spreadsheet, _ index: Int, _ columns: [some NamedColumn]
    ) throws(SpreadsheetFault) -> FormShape? {
        let source = try book.rows(ofSheet: index)
        var rows: [SheetRow] = []
        while rows.count < depth, let row = try source.next() { rows.append(row) }
        let merged = book.format == .xlsx ? source.merged : nil
        guard let header = HeaderRules.find(Array(rows.prefix(HeaderRules.depth + 8)), merged: merged, columns) else {
            return nil
        }
        let below = rows.filter { $0.number > header.lastRow && HeaderRules.isAside($0, header) }
        return FormShape(
            sheet: book.sheets[index], header: header,
            top: rows.filter { $0.number <= header.lastRow }.map { Line(row: $0.number, texts: texts($0)) },
            joined: (merged ?? []).filter { $0.last.row <= header.lastRow }.map {
                Joined(columns: $0.first.column...$0.last.column, rows: $0.first.row...$0.last.row)
            }, bottom: below.suffix(20).map(texts))
    }

    /// A form is kept in clear, so telephones and documents in it are not.
    private static func texts(_ row: SheetRow) -> [String] { row.cells.map { PlainCharacters.withoutNumbers($0.shown) } }
}
