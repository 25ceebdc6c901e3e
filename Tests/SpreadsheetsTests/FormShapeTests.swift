import Foundation
import Testing

@testable import Spreadsheets

@Suite struct FormShapeTests {
    private struct Wanted: NamedColumn {
        let name: String
        let aliases: [String]
    }
    private static let wanted = [
        Wanted(name: "name", aliases: ["姓名"]), Wanted(name: "document", aliases: ["身份证号码"]),
        Wanted(name: "phone", aliases: ["手机"]),
    ]

    @Test(arguments: XLSXReadingTests.registers)
    func `a form keeps its title, its joined header and no rows, and is written as it was`(_ name: String) throws {
        let shape = try FormShape.read(path: try Files.path(name), Self.wanted)
        #expect(shape.sheet == "花名册")
        #expect(shape.header.names == ["序号", "姓名", "身份证号码", "联系方式 手机", "联系方式 固话", "出生日期"])
        #expect((shape.header.firstRow, shape.header.lastRow) == (3, 4))
        #expect(shape.top.map(\.texts.first) == ["安平社区居民花名册", "填表单位：安平社区居委会", "序号", ""])
        #expect(shape.bottom.isEmpty, "people who stand in the file are none of the form")
        let path = Files.fresh()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try SpreadsheetFormat.writer(path: path, form: shape)
        try writer.write([.whole(1), .text("=1+1"), .text("110105********002X")])
        try writer.write([.text("填表人：")])
        try writer.finish()
        let again = try FormShape.read(path: path, Self.wanted)
        #expect(again.header == shape.header && again.top == shape.top && Set(again.joined) == Set(shape.joined))
        #expect(again.bottom == [["填表人："]])
        #expect(try shown(rows(path))[4] == ["1", "=1+1", "110105********002X"])
    }

    @Test func `a file without names of columns is no form`() throws {
        let text = "林阿珠,11010519491231002X\n"
        #expect(throws: SpreadsheetFault(.noHeader)) {
            try Files.with(Array(text.utf8)) { try FormShape.read(path: $0, Self.wanted) }
        }
    }

    @Test func `telephones in a form are not kept`() throws {
        let text = "姓名,手机\n填表人：陈秀珠 13805951234\n"
        let shape = try Files.with(Array(text.utf8)) { try FormShape.read(path: $0, Self.wanted) }
        #expect(shape.bottom == [["填表人：陈秀珠 138******34"]])
    }
}
