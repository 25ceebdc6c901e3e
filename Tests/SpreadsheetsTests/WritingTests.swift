import Foundation
import Kernel
import Testing

@testable import Spreadsheets

@Suite struct WritingTests {
    static let live = ["=1+1", "+86", "-5", "@x", "\t=1", "\r=1", "＝1", "－1", "=HYPERLINK(\"http://x\")", "'=1", "普通"]

    static func written(_ format: SpreadsheetFormat, _ lines: [[Cell]], header: [String] = ["姓名", "日期"]) throws -> String {
        let path = Files.fresh()
        let writer = try format.writer(path: path, title: "花名册", header: header)
        for line in lines { try writer.write(line) }
        try writer.finish()
        return path
    }

    @Test(arguments: [SpreadsheetFormat.xlsx, .csv])
    func `what is written is read again`(_ format: SpreadsheetFormat) throws {
        let day = try #require(Day("1949-12-31"))
        let path = try Self.written(
            format, [[.text("林,\"阿\"珠\n二"), .day(day)], [.whole(12), .empty], [.text(""), .flag(true)]])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let rows = try rows(path)
        #expect(
            shown(rows) == [["姓名", "日期"], ["林,\"阿\"珠\n二", "1949-12-31"], format == .xlsx ? ["12"] : ["12", ""], ["", "TRUE"]])
        if format == .xlsx { #expect(rows[1][1] == .day(day)) }
    }

    @Test func `CSV never begins a field with what makes a formula`() throws {
        let path = try Self.written(.csv, Self.live.map { [.text($0)] }, header: ["x"])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let fields = try rows(path).dropFirst().map { $0.cells[0].shown }
        #expect(fields.allSatisfy { $0.first == "'" || $0 == "普通" })
        #expect(fields.map(PlainText.original) == Self.live.map { $0 == "'=1" ? "=1" : $0 })
        let bytes = try Data(contentsOf: URL(filePath: path))
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]), "the mark by which Excel knows UTF-8")
    }

    @Test func `XLSX holds no formula and no link, whatever people typed`() throws {
        let path = try Self.written(.xlsx, Self.live.map { [.text($0)] }, header: ["x"])
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try rows(path).dropFirst().map { $0.cells[0].shown } == Self.live)
        let archive = try ZipArchive(path: path, limits: ReadingLimits())
        let part = try #require(try archive.open("xl/worksheets/sheet1.xml"))
        var bytes = [UInt8](repeating: 0, count: part.size)
        _ = try bytes.withUnsafeMutableBytes { (buffer) throws in try part.read(into: buffer) }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("<f>") && !text.contains("hyperlink"))
    }

    @Test func `a list longer than a sheet goes on to the next`() throws {
        let path = Files.fresh()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try XLSXWriter(path: path, title: "表", header: ["号"], rowLimit: 3)
        for number in 1...5 { try writer.write([.whole(number)]) }
        try writer.finish()
        #expect(try Spreadsheet(path: path).sheets == ["表", "表 (2)", "表 (3)"])
        #expect(try shown(rows(path, sheet: 2)) == [["号"], ["5"]])
    }

    @Test(arguments: [
        ("a/b:c", "a b c"), ("'x'", "x"), ("", "Sheet1"), (String(repeating: "长", count: 40), String(repeating: "长", count: 31)),
    ])
    func `a sheet's name is one that Excel takes`(_ title: String, _ name: String) {
        #expect(XLSXWriter.sheetName(title) == name)
    }

    @Test func `characters that XML cannot hold are left out`() throws {
        let path = try Self.written(.xlsx, [[.text("a\u{0}b\u{1}c\u{FFFE}_x000D_")]], header: ["x"])
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try rows(path)[1][0] == .text("abc_x000D_"))
    }
}
