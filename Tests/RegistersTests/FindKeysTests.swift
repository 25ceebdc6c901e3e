import Foundation
import Kernel
import Testing

@testable import Registers

@Suite struct FindKeysTests {
    /// Whether somebody is found by what was typed, without an engine.
    private static func finds(_ text: String, _ subject: FindKeys.Subject) -> Bool {
        let mark = { (text: String, kind: String) in
            let sum = "\(kind)|\(text)".utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
            return String(repeating: String(sum, radix: 16), count: 3)
        }
        let keys = Set(FindKeys.keys(of: subject, mark: mark))
        func holds(_ term: FindQuestion.Term) -> Bool {
            switch term {
            case .key(let key): keys.contains(key)
            case .prefix(let key): keys.contains { $0.hasPrefix(key) }
            case .all(let terms): terms.allSatisfy(holds)
            case .any(let terms): terms.contains(where: holds)
            }
        }
        let question = FindQuestion(text, mark: mark)
        guard !question.terms.isEmpty else { return false }
        return question.terms.allSatisfy(holds) || (question.loose.map { $0.allSatisfy(holds) } ?? false)
    }

    private static let zeng = FindKeys.Subject(
        name: "曾秀丽", phones: ["15412345678", "059585780000"], document: "11010519491231002X",
        addresses: ["平安巷12号", "春晖小区3号楼2单元501室"])

    @Test(arguments: [
        "曾秀丽", "曾", "秀丽", "丽", "曾秀", "zxl", "ZXL", "zx", "xl", "zengxiuli", "zengxiu", "zeng", "xiuli", "cengxiuli", "cxl",
        "zengx", "xiul",
        "5678", "0000", "15412345678", "059585780000", "11010519491231002X", "110105491231002", "１１０１０５１９４９１２３１００２ｘ", "平安巷",
        "平安巷12号",
        "安巷", "12", "12号", "曾 平安巷", "zxl 12", "春晖小区", "春晖小区501", "501室", "曾秀丽，5678",
    ])
    func `finds somebody by`(_ text: String) { #expect(Self.finds(text, Self.zeng)) }

    @Test(arguments: [
        "", " ", "，", "陈", "秀曾", "zxq", "zengli", "1234", "15412345679", "平安路", "13号", "陈 平安巷", "110105194912310021",
        "ng",
    ])
    func `does not find somebody by`(_ text: String) { #expect(!Self.finds(text, Self.zeng)) }

    @Test(arguments: [
        ("吕布", "lvbu"), ("吕布", "lubu"), ("吕布", "lb"), ("单雄信", "shanxiongxin"), ("单雄信", "dan"), ("欧阳修", "ouyangxiu"),
        ("欧阳修", "yangxiu"),
        ("欧阳修", "oyx"), ("尉迟恭", "yuchigong"), ("尉迟恭", "ycg"), ("万俟卨", "moqi"), ("仇和", "qiu"), ("解缙", "xiejin"),
        ("区小明", "ouxiaoming"),
        ("John Smith", "smith"), ("John Smith", "john"), ("麦麦提·艾力", "maimaiti"), ("麦麦提·艾力", "艾力"), ("陈", "chen"), ("陈", "陈"),
    ])
    func `knows how names sound`(_ name: String, _ text: String) { #expect(Self.finds(text, FindKeys.Subject(name: name))) }

    @Test func `no key holds a telephone or a document`() {
        let keys = FindKeys.keys(of: Self.zeng) { _, _ in String(repeating: "ab", count: 32) }.joined(separator: " ")
        for secret in ["5678", "15412345678", "0000", "19491231", "002X"] { #expect(!keys.contains(secret)) }
    }

    @Test func `every key is letters and digits, so neither engine reads it as more`() {
        let odd = FindKeys.Subject(name: "O'Brien\" & | ! (x):*", addresses: ["<b>'\"\\ 12-3号 -- ; DROP"])
        for key in FindKeys.keys(of: odd, mark: { _, _ in "00" }) {
            #expect(key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil }, "\(key)")
        }
    }
}
