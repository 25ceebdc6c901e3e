package import Kernel

/// Why a file cannot be read as a spreadsheet. Every code has its words in the catalogues as `web.fault.sheet-…`.
package struct SpreadsheetFault: Error, Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        case empty = "sheet-empty"
        /// There are rows, and none of them names the columns.
        case noHeader = "sheet-no-header"
        case tooLarge = "sheet-too-large"
        /// Neither XLSX nor text.
        case unknownFormat = "sheet-unknown-format"
        /// Excel 97–2003.
        case oldExcel = "sheet-old-excel"
        case encrypted = "sheet-encrypted"
        /// A web page that was given a spreadsheet's name.
        case isHTML = "sheet-html"
        case openDocument = "sheet-open-document"
        case macros = "sheet-macros"
        /// The container or a part of it is damaged.
        case damaged = "sheet-damaged"
        /// It would unfold to far more than it is.
        case bomb = "sheet-bomb"
        case tooManyParts = "sheet-too-many-parts"
        /// Names that lead out of the container, document types, outside references.
        case unsafe = "sheet-unsafe"
        case tooManyColumns = "sheet-too-many-columns"
        case cellTooLong = "sheet-cell-too-long"
        case badEncoding = "sheet-bad-encoding"
        /// A quotation mark where none may stand, or one that is never closed.
        case badQuote = "sheet-bad-quote"
        case noSuchSheet = "sheet-no-such-sheet"
        /// The machine's disk is full or out of reach.
        case unavailable = "sheet-unavailable"
    }
    package let code: Code
    /// Where in the file: a line, a cell or a part; empty for the file as a whole.
    package let place: String

    package init(_ code: Code, at place: String = "") {
        self.code = code
        self.place = place
    }

    /// As a fault of the form's field `pointer`.
    package func fault(at pointer: String = "/file") -> Fault { Fault(pointer, code.rawValue, ["place": place]) }
}
