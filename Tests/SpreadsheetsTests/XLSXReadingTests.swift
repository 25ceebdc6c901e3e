import Foundation
import Kernel
import Testing

@testable import Spreadsheets

@Suite struct XLSXReadingTests {
    /// The register as it came from openpyxl, and as LibreOffice saved it again.
    static let registers = ["register.xlsx", "office-xlsx/register.xlsx"]

    @Test(arguments: registers)
    func `a village's register is read as it stands`(_ name: String) throws {
        let path = try Files.path(name)
        #expect(try Spreadsheet(path: path).sheets == ["花名册", "企业"], "hidden sheets are no registers")
        let rows = try rows(path)
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6, 8])
        #expect(rows[2].cells.map(\.shown) == ["序号", "姓名", "身份证号码", "联系方式", "", "出生日期"])
        #expect(rows[4].cells.map(\.shown) == ["1", "林阿珠", "11010519491231002X", "13805951234", "0595-85780001", "1949-12-31"])
        #expect(rows[4][5] == .day(try #require(Day("1949-12-31"))))
        guard case .number(let shortened) = rows[5][2] else { return #expect(Bool(false), "\(rows[5][2])") }
        #expect(abs(shortened / 350_582_199_001_011_200 - 1) < 1e-14, "its last digits are gone; that is seen later")
        #expect(rows[5][5] == .text("1990年1月1日"))
        #expect(rows[6][5] == .day(try #require(Day("2024-01-01"))))
        #expect(rows[6][3] == .number(0.5), "a percentage is no date")
        #expect(rows[6][4] == .flag(true))
    }

    @Test(arguments: registers)
    func `joined cells are known at the end`(_ name: String) throws {
        let source = try Spreadsheet(path: try Files.path(name)).rows(ofSheet: 0)
        while try source.next() != nil {}
        #expect(
            source.merged.contains {
                $0.contains(column: 3, row: 3) && $0.contains(column: 4, row: 3) && !$0.contains(column: 3, row: 4)
            })
        #expect(source.merged.count == 6)
        #expect(source.thousandths == 1000)
    }

    @Test func `the second sheet is read by itself`() throws {
        let rows = try rows(try Files.path("register.xlsx"), sheet: 1)
        #expect(shown(rows) == [["名称", "地址"], ["鞋厂", "工业路1号"]])
    }

    @Test func `a formula gives its last value and never its text`() throws {
        // openpyxl computes nothing, so there is no last value.
        #expect(try rows(try Files.path("register.xlsx"))[6][1] == .empty)
        #expect(try rows(try Files.path("office-xlsx/register.xlsx"))[6][1] == .number(2))
    }

    @Test func `days count from 1904 where the file says so`() throws {
        #expect(try shown(rows(try Files.path("1904.xlsx"))) == [["日期"], ["2022-08-31"]])
    }

    @Test func `a million empty rows are nothing`() throws {
        #expect(try rows(try Files.path("nothing.xlsx")) == [SheetRow(number: 1, cells: [.text("姓名")])])
    }

    @Test func `cells without addresses follow one another`() throws {
        let rows = try rows(try Files.path("bare.xlsx"))
        #expect(
            rows == [
                SheetRow(number: 1, cells: [.number(1), .number(2.5)]),
                SheetRow(number: 2, cells: [.flag(false), .failure("#N/A")]),
            ])
    }

    @Test(
        arguments: [
            ("bomb.xlsx", .bomb), ("deep.xlsx", .unsafe), ("entity.xlsx", .unsafe), ("laughs.xlsx", .unsafe),
            ("macro.xlsm", .macros),
            ("wide.xlsx", .tooManyColumns), ("long.xlsx", .cellTooLong), ("unordered.xlsx", .damaged), ("path.xlsx", .unsafe),
            ("parts.xlsx", .tooManyParts), ("other.zip", .unknownFormat), ("office-xls/register.xls", .oldExcel),
            ("office-ods/register.ods", .openDocument),
        ] as [(String, SpreadsheetFault.Code)])
    func `what may do harm or is something else is refused with its reason`(_ name: String, _ code: SpreadsheetFault.Code) throws
    {
        #expect(refusal(try Files.path(name)) == code)
    }

    @Test func `a protected file is told apart from an old one`() throws {
        let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
        #expect(try Files.with(ole) { refusal($0) } == .oldExcel)
        #expect(try Files.with(ole + "EncryptedPackage".utf8.flatMap { [$0, 0] }) { refusal($0) } == .encrypted)
    }

    @Test(
        arguments: [
            ("<html><table><tr><td>姓名</td></tr></table></html>", .isHTML), ("\u{FEFF}  <!DOCTYPE html><p>", .isHTML),
            ("<?xml version=\"1.0\"?><Workbook/>", .unknownFormat), ("%PDF-1.7\u{0}\u{1}", .unknownFormat), ("", .empty),
        ] as [(String, SpreadsheetFault.Code)])
    func `other files in a spreadsheet's clothes are named`(_ text: String, _ code: SpreadsheetFault.Code) throws {
        #expect(try Files.with(Array(text.utf8)) { refusal($0) } == code)
    }

    @Test func `limits hold for what a file says and for what it does`() throws {
        var limits = ReadingLimits()
        limits.fileBytes = 100
        #expect(refusal(try Files.path("register.xlsx"), limits: limits) == .tooLarge)
        limits = ReadingLimits()
        limits.unfoldedBytes = 10_000
        #expect(refusal(try Files.path("register.xlsx"), limits: limits) == .bomb)
    }

    @Test(arguments: [
        ("xl/workbook.xml", true), ("a/../b", false), ("/etc/passwd", false), ("a\\b", false), ("C:x", false), ("..", false),
        ("", false),
        ("a..b", true), ("a\nb", false),
    ])
    func `names in a container stay inside it`(_ name: String, _ isSafe: Bool) {
        #expect(ZipArchive.isSafe(name) == isSafe)
    }

    @Test(arguments: [
        ("yyyy-mm-dd", true), ("yyyy\"年\"m\"月\"d\"日\"", true), ("m/d", true), ("[$-804]yyyy\\-mm", true), ("h:mm:ss", false),
        ("mm:ss", false),
        ("General", false), ("0.00", false), ("0.00E+00", false), ("#,##0;[Red]-#,##0", false), ("\"day\"0", false), ("@", false),
        ("mmm", true),
    ])
    func `date formats are told by their code`(_ code: String, _ isDate: Bool) {
        #expect(NumberFormats.isDate(code: code) == isDate)
    }

    @Test(
        arguments: [
            (1.0, DateSerial.Epoch.from1900, "1900-01-01"), (59, .from1900, "1900-02-28"), (60, .from1900, nil),
            (61, .from1900, "1900-03-01"),
            (44804, .from1900, "2022-08-31"), (44804.75, .from1900, "2022-08-31"), (0, .from1900, nil), (-1, .from1900, nil),
            (2_958_465, .from1900, "9999-12-31"), (2_958_466, .from1900, nil), (0, .from1904, "1904-01-01"),
            (43342, .from1904, "2022-08-31"),
        ] as [(Double, DateSerial.Epoch, String?)])
    func `days are counted as Excel counts them`(_ serial: Double, _ epoch: DateSerial.Epoch, _ day: String?) {
        #expect(DateSerial.day(serial, epoch)?.description == day)
    }

    @Test(arguments: [
        ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_x00G0_", "_x00G0_"), ("_x4E2D_文", "中文"), ("_xD800_", "_xD800_"),
        ("_x00", "_x00"),
    ])
    func `escaped characters are put back`(_ stored: String, _ text: String) {
        #expect(String(decoding: ExcelEscapes.resolved(Array(stored.utf8)), as: UTF8.self) == text)
    }

    @Test(arguments: [("A1", 0, 1), ("Z9", 25, 9), ("AA10", 26, 10), ("XFD1048576", 16_383, 1_048_576)])
    func `addresses are read and written`(_ text: String, _ column: Int, _ row: Int) {
        #expect(CellAddress(text) == CellAddress(column: column, row: row))
        #expect(CellAddress(column: column, row: row).description == text)
    }

    @Test(arguments: ["", "A", "1", "A0", "1A", "XFE1", "A1048577", "Ａ1", "A-1"])
    func `other texts are no addresses`(_ text: String) {
        #expect(CellAddress(text) == nil)
    }
}
