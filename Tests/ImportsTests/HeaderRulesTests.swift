import Kernel
import Spreadsheets
import Testing

@testable import Imports

@Suite struct HeaderRulesTests {
    static let fields = [
        ImportField("name", .name(limit: 40), isRequired: true, "姓名", "Name"),
        ImportField("identity", .identity, "身份证号码", "身份证号", "身份证", "ID number"),
        ImportField("mobile", .phone, "手机号码", "手机", "联系电话"), ImportField("landline", .phone, "固话", "固定电话"),
        ImportField("birth", .day, "出生日期", "出生年月"),
    ]

    /// Rows of texts, numbered from 1; a number is a number.
    static func rows(_ lines: [[String]]) -> [SheetRow] {
        lines.enumerated().map { index, line in
            SheetRow(number: index + 1, cells: line.map { $0.isEmpty ? .empty : Double($0).map(Cell.number) ?? .text($0) })
        }.filter { !$0.cells.allSatisfy(\.isEmpty) }
    }

    static func range(_ first: String, _ last: String) throws -> CellRange {
        CellRange(first: try #require(CellAddress(first)), last: try #require(CellAddress(last)))
    }

    @Test func `a header below title rows is found`() throws {
        let rows = Self.rows([["安平社区居民花名册", "", ""], ["填表单位：居委会", "", "2022年8月"], ["序号", "姓名", "身份证号码"], ["1", "林阿珠", "x"]])
        let header = try #require(HeaderRules.find(rows, merged: [try Self.range("A1", "C1")], Self.fields))
        #expect(header == Header(firstRow: 3, lastRow: 3, names: ["序号", "姓名", "身份证号码"]))
    }

    @Test func `a header of two rows with joined cells is one`() throws {
        let rows = Self.rows([
            ["花名册", "", "", "", ""], ["序号", "姓名", "联系方式", "", "出生日期"], ["", "", "手机", "固话", ""], ["1", "林", "138", "", ""],
        ])
        let merged = [
            try Self.range("A1", "E1"), try Self.range("A2", "A3"), try Self.range("B2", "B3"), try Self.range("C2", "D2"),
            try Self.range("E2", "E3"),
        ]
        let header = try #require(HeaderRules.find(rows, merged: merged, Self.fields))
        #expect(header == Header(firstRow: 2, lastRow: 3, names: ["序号", "姓名", "联系方式 手机", "联系方式 固话", "出生日期"]))
        #expect(ColumnRules.match(header.names, Self.fields)["联系方式 手机"] == "mobile")
        #expect(ColumnRules.match(header.names, Self.fields)["联系方式 固话"] == "landline")
    }

    @Test func `in CSV a gap belongs to the name on its left`() throws {
        let rows = Self.rows([["姓名", "联系方式", ""], ["", "手机", "固话"], ["林", "138", "0595"]])
        let header = try #require(HeaderRules.find(rows, merged: nil, Self.fields))
        #expect(header.names == ["姓名", "联系方式 手机", "联系方式 固话"])
        #expect(header.lastRow == 2)
    }

    @Test func `without a known name the first row of texts is the header`() throws {
        let rows = Self.rows([["甲", "乙"], ["1", "2"]])
        #expect(HeaderRules.find(rows, merged: [], Self.fields)?.names == ["甲", "乙"])
        #expect(HeaderRules.find(Self.rows([["1", "2"]]), merged: [], Self.fields) == nil)
        #expect(HeaderRules.find([], merged: [], Self.fields) == nil)
        // Names of columns are kept in clear, so the first person of a sheet without a header is not taken for one.
        #expect(HeaderRules.find(Self.rows([["林阿珠", "11010519491231002X", "平安巷"]]), merged: [], Self.fields) == nil)
        #expect(HeaderRules.find(Self.rows([["林阿珠", "手机 13805951234"]]), merged: [], Self.fields) == nil)
    }

    @Test func `names that come twice are numbered`() throws {
        #expect(HeaderRules.find(Self.rows([["姓名", "备注", "备注", ""]]), merged: [], Self.fields)?.names == ["姓名", "备注", "备注 2"])
    }

    @Test(
        arguments: [
            ("姓名", "name"), ("*姓名（必填）", "name"), ("NAME", "name"), ("本人身份证号码", "identity"), ("id number", "identity"),
            ("手机", "mobile"),
            ("出生年月", "birth"), ("序号", nil), ("名", nil), ("", nil),
        ] as [(String, String?)])
    func `a column is told by its name`(_ column: String, _ field: String?) {
        #expect(ColumnRules.match([column], Self.fields)[column] == field)
    }

    @Test func `a field goes to the column that fits best, and only once`() {
        let mapping = ColumnRules.match(["户主姓名", "姓名", "联系电话", "手机号码"], Self.fields)
        #expect(mapping == ["姓名": "name", "手机号码": "mobile"])
    }

    @Test func `the same names in another order are the same header`() {
        #expect(ColumnRules.signature(["姓名", "手机", ""]) == ColumnRules.signature(["手机 ", "*姓名"]))
        #expect(ColumnRules.signature(["姓名"]) != ColumnRules.signature(["姓名", "手机"]))
    }

    @Test(arguments: [
        (["合计", "12", ""], true), (["填表人：林", "", "审核：陈"], true), (["序号", "姓名", "手机"], true), (["", "", ""], true),
        (["备注：本表一式两份"], true),
        (["1", "林阿珠", "138"], false), (["合计", "林", "138", "0595", "x"], false), (["总计划", "林", "138", "y", "z"], false),
    ])
    func `totals, signatures and repeated headers are no records`(_ cells: [String], _ isAside: Bool) {
        let row = SheetRow(number: 9, cells: cells.map { $0.isEmpty ? .empty : .text($0) })
        #expect(HeaderRules.isAside(row, Header(firstRow: 1, lastRow: 1, names: ["序号", "姓名", "手机"])) == isAside)
    }

    @Test func `a needed column may not be missing, and no field has two`() throws {
        let sheet = Survey.Sheet(
            index: 0, name: "S", header: Header(firstRow: 1, lastRow: 1, names: ["姓名", "手机", "电话"]), samples: [], rows: 1)
        func codes(_ mapping: ColumnMapping) -> [String] {
            do throws(Invalid) {
                try MatchColumns.check(mapping, Survey(sheets: [sheet]), Self.fields)
                return []
            } catch {
                return error.faults.map(\.code)
            }
        }
        #expect(codes(ColumnMapping(sheets: [0], fields: ["姓名": "name"])) == [])
        #expect(codes(ColumnMapping(sheets: [0], fields: ["手机": "mobile"])) == ["column-required"])
        #expect(codes(ColumnMapping(sheets: [0], fields: ["姓名": "name", "手机": "mobile", "电话": "mobile"])) == ["column-twice"])
        #expect(codes(ColumnMapping(sheets: [], fields: ["姓名": "name"])) == ["sheets-required"])
    }
}
