import Kernel
import Spreadsheets
import Testing

@testable import Imports

@Suite struct CellRulesTests {
    /// What the cell is read as, or the code of what is wrong with it after a `!`.
    static func read(_ cell: Cell, _ form: ImportField.Form) -> String {
        do throws(Invalid) {
            return try CellRules.read(cell, as: form)
        } catch {
            return "!" + error.faults.map(\.code).joined(separator: ",")
        }
    }

    @Test(
        arguments: [
            (.text("2022-08-31"), "2022-08-31"), (.text("2022/8/1"), "2022-08-01"), (.text("2022.8.31"), "2022-08-31"),
            (.text("20220831"), "2022-08-31"),
            (.text("2022年8月31日"), "2022-08-31"), (.text("２０２２年８月３１日"), "2022-08-31"),
            (.text("2022-08-31 00:00:00"), "2022-08-31"),
            (.text("2022-08-31T08:30:00"), "2022-08-31"), (.text(" 2022 年 8 月 31 日 "), "2022-08-31"),
            (.number(44804), "2022-08-31"),
            (.number(44804.6), "2022-08-31"), (.number(19_491_231), "1949-12-31"), (.day(Day(ordinal: -7306)), "1949-12-31"),
            (.empty, ""), (.text(""), ""), (.text("2022-02-30"), "!not-a-date"), (.text("2022-13-01"), "!not-a-date"),
            (.text("1990年1月"), "!day-incomplete"),
            (.text("1990"), "!day-incomplete"), (.number(1990), "!day-incomplete"), (.text("31/8/2022"), "!not-a-date"),
            (.text("22-8-31"), "!not-a-date"),
            (.text("不详"), "!not-a-date"), (.text("1850-01-01"), "!day-unlikely"), (.text("2022-08-31x"), "!not-a-date"),
            (.number(-3), "!not-a-date"),
            (.flag(true), "!not-a-date"), (.failure("#N/A"), "!cell-failure"), (.text("2022、8、31"), "!not-a-date"),
        ] as [(Cell, String)])
    func `days are read however a village writes them`(_ cell: Cell, _ expected: String) {
        #expect(Self.read(cell, .day) == expected)
    }

    @Test(
        arguments: [
            (.text("11010519491231002X"), "11010519491231002X"), (.text("11010519491231002x"), "11010519491231002X"),
            (.text("１１０１０５１９４９１２３１００２Ｘ"), "11010519491231002X"), (.text("110105 19491231 002X"), "11010519491231002X"),
            (.text("'11010519491231002X"), "11010519491231002X"), (.number(110_105_491_231_002), "110105491231002"),
            (.text("110105491231002"), "110105491231002"),
            (.number(3.50582e17), "!identity-shortened"), (.text("3.50582E+17"), "!identity-shortened"),
            (.text("３.５０５８２Ｅ＋１７"), "!identity-shortened"),
            (.text("3.50582199001011E+17"), "!identity-shortened"), (.number(350_582.5), "!identity-shortened"),
            (.text("35058219900101123"), "!identity-length"),
            (.text("3505821990010112345"), "!identity-length"), (.text("无"), "!identity-characters"),
            (.text("1101051949123100X2"), "!identity-characters"),
            (.text("11010549123100X"), "!identity-length"), (.empty, ""),
        ] as [(Cell, String)])
    func `identity numbers are kept whole or refused, never guessed`(_ cell: Cell, _ expected: String) {
        #expect(Self.read(cell, .identity) == expected)
    }

    @Test(
        arguments: [
            (.number(13_805_951_234), "13805951234"), (.text("１３８０５９５１２３４"), "13805951234"),
            (.text("138 0595 1234"), "138 0595 1234"),
            (.text("0595—85780001"), "0595-85780001"), (.text("13805951234/13905951234"), "!phone-several"),
            (.text("13805951234、85780001"), "!phone-several"),
            (.text("1.38E+10"), "!number-shortened"), (.text("没有"), "!not-a-phone"), (.text("12"), "!not-a-phone"),
            (.text("'+8613805951234"), "+8613805951234"),
        ] as [(Cell, String)])
    func `telephone numbers are one a cell`(_ cell: Cell, _ expected: String) {
        #expect(Self.read(cell, .phone) == expected)
    }

    @Test(
        arguments: [
            (.text("是"), "1"), (.text("√"), "1"), (.text("Y"), "1"), (.flag(true), "1"), (.number(1), "1"), (.text("否"), "0"),
            (.text("无"), "0"),
            (.text("×"), "0"), (.flag(false), "0"), (.number(0), "0"), (.text("也许"), "!not-a-word"), (.empty, ""),
        ] as [(Cell, String)])
    func `yes and no have many forms`(_ cell: Cell, _ expected: String) {
        #expect(Self.read(cell, .flag) == expected)
    }

    static let sexes = ImportField.Form.choice([("male", ["男", "男性", "M"]), ("female", ["女", "女性", "F"])])

    @Test(arguments: [
        ("男", "male"), (" 女 ", "female"), ("女性", "female"), ("m", "male"), ("Female", "female"), ("男（户主）", "male"),
        ("中", "!not-a-word"),
    ])
    func `a choice is told by any of its words`(_ text: String, _ expected: String) {
        #expect(Self.read(.text(text), Self.sexes) == expected)
    }

    @Test(
        arguments: [
            (.text("陈　明"), .name(limit: 40), "陈明"), (.text(" 陈 明 "), .name(limit: 40), "陈明"),
            (.text("John Smith"), .name(limit: 40), "John Smith"),
            (.text("'=1+1"), .text(limit: 9), "=1+1"), (.text("超长"), .text(limit: 1), "!too-long"),
            (.number(12), .text(limit: 9), "12"),
            (.number(350_582_101_006_001), .digits(limit: 15), "350582101006001"),
            (.number(3.5e17), .digits(limit: 18), "!number-shortened"),
            (.text("９１４４０３００７０８４６１１３６ｔ"), .code(limit: 30), "91440300708461136T"),
            (.number(9.11101087921006e17), .code(limit: 30), "!number-shortened"),
            (.text("１２"), .digits(limit: 2), "12"), (.text("1a"), .digits(limit: 9), "!not-digits"),
            (.text("1,014"), .whole(0...2000), "1014"),
            (.number(3.5), .whole(0...9), "!not-a-number"), (.number(10), .whole(0...9), "!out-of-bounds"),
            (.text("9"), .whole(0...9), "9"),
        ] as [(Cell, ImportField.Form, String)])
    func `texts and numbers lose what surrounds them`(_ cell: Cell, _ form: ImportField.Form, _ expected: String) {
        #expect(Self.read(cell, form) == expected)
    }

    @Test(arguments: [
        ("*姓　名（必填）", "姓名"), ("ID Number:", "idnumber"), ("手机/电话", "手机电话"), ("  ", ""), ("【选填】备注", "备注"), ("身份证号\n码", "身份证号码"),
    ])
    func `column names are compared without their trimmings`(_ text: String, _ name: String) {
        #expect(PlainCharacters.name(text) == name)
    }

    @Test(arguments: [
        ("第一网格", "第一网格"), ("11010519491231002X", "110************02X"), ("手机13805951234。", "手机138******34。"),
        ("0595-85780001", "0595-85780001"),
        ("１３８０５９５１２３４", "１３８******３４"), ("", ""), ("1234567890", "1234567890"),
    ])
    func `numbers of people are hidden in what is kept in clear`(_ text: String, _ kept: String) {
        #expect(PlainCharacters.withoutNumbers(text) == kept)
    }
}
