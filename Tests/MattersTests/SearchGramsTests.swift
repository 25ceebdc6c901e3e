import Kernel
import Testing

@testable import Matters

struct SearchGramsTests {
    private func keys(_ words: String, spot: String = "") -> Set<String> {
        Set(SearchGrams.keys(words: words, spot: spot, village: .example).filter { !$0.hasPrefix("v") })
    }

    /// Whether the index would yield the words for the text.
    private func finds(_ text: String, in words: String) -> Bool {
        let keys = keys(words)
        return SearchGrams.terms(text).allSatisfy { term in
            switch term {
            case .key(let key): keys.contains(key)
            case .prefix(let start): keys.contains { $0.hasPrefix(start) }
            }
        }
    }

    @Test(arguments: [
        ("路灯", "春晖小区路灯不亮", true), ("路亮", "春晖小区路灯不亮", false), ("灯", "路灯", true), ("路", "路灯", true), ("亮", "路灯", false),
        ("LED", "换成led灯", true), ("led灯", "换成LED灯", true), ("12号", "三巷12号门前", true), ("2号", "三巷12号门前", true),
        ("路灯 不亮", "路灯,不亮", true), ("𠮷野", "𠮷野家", true), ("野", "𠮷野家", true),
        // Every piece of a text is found, wherever it begins.
        ("区路灯不", "春晖小区路灯不亮", true),
    ])
    func `a text is found wherever it stands`(_ text: String, _ words: String, _ isFound: Bool) {
        #expect(finds(text, in: words) == isFound)
    }

    @Test func `keys are of ASCII letters and digits alone, so no engine takes them apart`() {
        let allowed = Set("0123456789abcdefxv")
        for key in SearchGrams.keys(words: "路灯 A_b 👵🏼 \u{0}'\"* OR NEAR(", spot: "𠮷", village: .example) {
            #expect(key.allSatisfy(allowed.contains), "\(key)")
        }
    }

    @Test func `a text of thousands of letters asks for few keys, one of signs for none`() {
        #expect(SearchGrams.terms(String((0x4E00..<0x5200).compactMap(Unicode.Scalar.init).map(Character.init))).count == 24)
        #expect(SearchGrams.terms("%_!* \u{0}…").isEmpty && SearchGrams.terms("").isEmpty)
    }
}

extension ID {
    fileprivate static var example: ID { ID("01890a5d-ac96-774b-bcce-b302099a8057").unsafelyUnwrapped }
}
