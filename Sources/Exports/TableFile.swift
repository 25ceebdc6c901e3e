import Dispatch
import Foundation
import Kernel
package import Spreadsheets
package import Web

/// A spreadsheet while it is being written, on a thread of its own.
package actor TableFile {
    private let executor = QueueExecutor("jinlin.table", qos: .utility)
    private let path: String
    private var writer: (any SheetWriter)?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Throws: ``SpreadsheetFault`` when the disk is full.
    package init() throws(SpreadsheetFault) {
        var template = Array((NSTemporaryDirectory() + "jinlin-table-XXXXXX").utf8CString)
        let made = mkstemp(&template)
        guard made >= 0 else { throw SpreadsheetFault(.unavailable) }
        close(made)
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    deinit { unlink(path) }

    package func begin(_ format: SpreadsheetFormat, title: String, header: [String]) throws(SpreadsheetFault) {
        writer = try format.writer(path: path, title: title, header: header)
    }

    func begin(_ form: FormShape) throws(SpreadsheetFault) { writer = try SpreadsheetFormat.writer(path: path, form: form) }

    package func write(_ rows: [[Cell]]) throws(SpreadsheetFault) {
        for row in rows { try writer?.write(row) }
    }

    /// The finished file, which has no name any more.
    package func finish() throws -> SpooledFile {
        try writer?.finish()
        writer = nil
        return try SpooledFile(taking: path)
    }
}
