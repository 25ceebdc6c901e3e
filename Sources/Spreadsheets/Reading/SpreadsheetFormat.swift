import Foundation

/// The formats we read. What a file is, its first bytes say, never its name.
package enum SpreadsheetFormat: String, Sendable {
    case xlsx, csv

    /// - Throws: ``SpreadsheetFault`` for what is no spreadsheet or one that we do not read, each with its own reason.
    init(ofFile path: String, limits: ReadingLimits) throws(SpreadsheetFault) {
        let file = try ReadFile(path)
        guard file.size > 0 else { throw SpreadsheetFault(.empty) }
        guard file.size <= limits.fileBytes else { throw SpreadsheetFault(.tooLarge) }
        let start = try file.read(at: 0, count: 4096)
        self = try Self.recognise(start) { () throws(SpreadsheetFault) in
            // The names of an OLE file's streams stand in its directory, which may lie anywhere; the first megabyte is looked through.
            try file.read(at: 0, count: 1 << 20)
        }
    }

    static func recognise(
        _ start: [UInt8], more: () throws(SpreadsheetFault) -> [UInt8]
    ) throws(SpreadsheetFault) -> SpreadsheetFormat {
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .xlsx }
        if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            // A protected XLSX is an OLE file with a stream of this name in UTF-16.
            let mark: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
            throw SpreadsheetFault(contains(mark, in: try more()) ? .encrypted : .oldExcel)
        }
        // BIFF of Excel 2 to 4.
        if start.starts(with: [0x09, 0x08]) || start.starts(with: [0x09, 0x04]) || start.starts(with: [0x09, 0x00]),
            start.contains(0)
        {
            throw SpreadsheetFault(.oldExcel)
        }
        let text = String(decoding: start.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self).lowercased().drop { $0.isWhitespace }
        let isMarkup = ["<!doctype html", "<html", "<table", "<head", "<body", "<meta"].contains { text.hasPrefix($0) }
        if isMarkup || (text.hasPrefix("<") && text.contains("<html")) { throw SpreadsheetFault(.isHTML) }
        if text.hasPrefix("<?xml") { throw SpreadsheetFault(.unknownFormat) }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return .csv }
        // Text has no control characters but tab, line feed, carriage return and, rarely, form feed and end-of-file.
        guard !start.contains(where: { $0 < 32 && ![9, 10, 12, 13, 26].contains($0) }) else {
            throw SpreadsheetFault(.unknownFormat)
        }
        return .csv
    }

    private static func contains(_ mark: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = mark.first, bytes.count >= mark.count else { return false }
        return (0...bytes.count - mark.count).contains { bytes[$0] == first && bytes[$0..<$0 + mark.count].elementsEqual(mark) }
    }
}
