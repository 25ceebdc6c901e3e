import Foundation
import Testing

@testable import Spreadsheets

/// The files of `make_files.py`, made once for all tests of this process.
enum Files {
    private static let made: Result<URL, any Error> = Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinlin-sheets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let maker = Process()
        maker.executableURL = URL(filePath: ".venv/bin/python")
        maker.arguments = [
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "make_files.py").path, folder.path,
        ]
        try maker.run()
        maker.waitUntilExit()
        guard maker.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return folder
    }

    static func path(_ name: String) throws -> String { try made.get().appending(path: name).path }

    /// A file with these bytes, removed afterwards.
    static func with<Value>(_ bytes: some Collection<UInt8>, _ body: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "jinlin-sheet-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(filePath: path))
        return try body(path)
    }

    static func fresh() -> String { NSTemporaryDirectory() + "jinlin-sheet-\(UUID().uuidString)" }
}

/// Every row of a sheet.
func rows(_ path: String, sheet: Int = 0, limits: ReadingLimits = ReadingLimits()) throws -> [SheetRow] {
    let source = try Spreadsheet(path: path, limits: limits).rows(ofSheet: sheet)
    var rows: [SheetRow] = []
    while let row = try source.next() { rows.append(row) }
    return rows
}

/// What the file is refused for; nil when it is read to its end.
func refusal(_ path: String, limits: ReadingLimits = ReadingLimits()) -> SpreadsheetFault.Code? {
    do {
        _ = try rows(path, limits: limits)
        return nil
    } catch let fault as SpreadsheetFault {
        return fault.code
    } catch {
        Issue.record(error)
        return nil
    }
}

/// The cells of every row as people read them.
func shown(_ rows: [SheetRow]) -> [[String]] { rows.map { $0.cells.map(\.shown) } }
