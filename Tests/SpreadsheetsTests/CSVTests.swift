import Foundation
import Testing

@testable import Spreadsheets

@Suite struct CSVTests {
    static func read(_ text: String) throws -> [[String]] { try Files.with(Array(text.utf8)) { try shown(rows($0)) } }

    @Test(arguments: [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
        ("a\tb\n1\t2,5\n", [["a", "b"], ["1", "2,5"]]), ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ("sep=;\na;b,c\n", [["a", "b,c"]]),
        ("\"a \"\"x\"\"\",\"b\r\nc\"\n1,\n", [["a \"x\"", "b\r\nc"], ["1", ""]]), ("a\n\n,\nb\n", [["a"], ["b"]]),
        ("姓名\n", [["姓名"]]),
        ("\u{FEFF}姓名,\"\"\n", [["姓名", ""]]), ("a,b;c,d\n1,2;3,4\n", [["a", "b;c", "d"], ["1", "2;3", "4"]]),
    ])
    func `fields are told apart as RFC 4180 says`(_ text: String, _ fields: [[String]]) throws {
        #expect(try Self.read(text) == fields)
    }

    @Test func `a record is numbered by the line it begins on`() throws {
        let numbers = try Files.with(Array("a,b\n\n\"x\ny\",1\nz,2\n".utf8)) { try rows($0).map(\.number) }
        #expect(numbers == [1, 3, 5])
    }

    @Test(
        arguments: [
            ("a,b\"c\n", .badQuote), ("\"a\"b,c\n", .badQuote), ("a\n\"b\n", .badQuote),
            (String(repeating: "x,", count: 600) + "y", .tooManyColumns), (String(repeating: "x", count: 140_000), .cellTooLong),
        ] as [(String, SpreadsheetFault.Code)])
    func `broken fields are refused, not guessed`(_ text: String, _ code: SpreadsheetFault.Code) throws {
        #expect(try Files.with(Array(text.utf8)) { refusal($0) } == code)
    }

    @Test func `Chinese Excel's own encoding is recognised`() throws {
        // 姓名,村 / 林,𠮷 in GB18030, the last one in four bytes.
        let bytes: [UInt8] = [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB4, 0xE5, 0x0A, 0xC1, 0xD6, 0x2C, 0x95, 0x34, 0xB2, 0x35, 0x0A]
        #expect(try Files.with(bytes) { try shown(rows($0)) } == [["姓名", "村"], ["林", "𠮷"]])
    }

    @Test func `a character across two pieces of a long file is whole`() throws {
        // One byte in front, so that the pieces of 65,536 bytes cut characters of two bytes in half.
        let pairs: [[UInt8]] = (0..<60_000).map { $0 % 40 == 39 ? [0xC1, 0xD6, 0x0A] : [0xC1, 0xD6] }
        let bytes: [UInt8] = [0x61] + pairs.joined()
        let fields = try Files.with(bytes) { try shown(rows($0)) }
        #expect(fields.count == 1500)
        #expect(fields.allSatisfy { $0[0].drop { $0 == "a" }.allSatisfy { $0 == "林" } })
    }

    @Test func `GBK that begins late in an ASCII file is still found`() throws {
        let bytes = Array(String(repeating: "abc,def\n", count: 40_000).utf8) + [0xD0, 0xD5, 0x0A]
        #expect(try Files.with(bytes) { try shown(rows($0)).last } == ["姓"])
    }

    @Test func `UTF-16 with its mark is read`() throws {
        let text = "姓名\t村\r\n林\t安平\r\n"
        let units: [[UInt8]] = text.utf16.map { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let little: [UInt8] = [0xFF, 0xFE] + units.joined()
        let big: [UInt8] = [0xFE, 0xFF] + units.map { $0.reversed() }.joined()
        #expect(try Files.with(little) { try shown(rows($0)) } == [["姓名", "村"], ["林", "安平"]])
        #expect(try Files.with(big) { try shown(rows($0)) } == [["姓名", "村"], ["林", "安平"]])
    }

    @Test func `bytes of no encoding are refused`() throws {
        #expect(try Files.with([0x61, 0x2C, 0xFF, 0xFF, 0x0A]) { refusal($0) } == .badEncoding)
        #expect(try Files.with([0x61, 0x2C, 0xD0]) { refusal($0) } == .badEncoding)
    }

    @Test(
        arguments: [
            ([0xE5, 0xAE, 0x89], true), ([0xC0, 0x80], false), ([0xED, 0xA0, 0x80], false), ([0xF4, 0x90, 0x80, 0x80], false),
            ([0x80], false),
            ([0xF0, 0x9F, 0x98, 0x80], true), ([0xE0, 0x80, 0x80], false),
        ] as [([UInt8], Bool)])
    func `UTF-8 is checked byte by byte`(_ bytes: [UInt8], _ isGood: Bool) {
        var (whole, parts) = (UTF8Check(), UTF8Check())
        #expect((whole.accepts(bytes) && whole.isComplete) == isGood)
        #expect((bytes.allSatisfy { parts.accepts([$0]) } && parts.isComplete) == isGood)
    }
}
