import Kernel
import Testing

@testable import Matters

struct WordsTests {
    static let telephones: [(String, String?)] = [
        ("13812345678", "13812345678"), ("138 1234 5678", "13812345678"), ("+86 138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"), ("１３８１２３４５６７８", "13812345678"), ("0595-85701203", "059585701203"),
        ("(010) 62345678", "01062345678"), ("0771-1234567", "07711234567"),
        ("12812345678", nil), ("1381234567", nil), ("138123456789", nil), ("85701203", nil), ("0095857012", nil), ("", nil),
        ("138x2345678", nil),
        ("' OR 1=1 --", nil), ("+", nil), (String(repeating: "1", count: 5000), nil),
    ]

    @Test(arguments: telephones) func `reads telephone numbers of mainland China`(_ text: String, _ digits: String?) {
        #expect(Telephone(text)?.digits == digits)
    }

    static let masks: [(String, String)] = [
        ("已修好", "已修好"), ("打 13812345678 找我", "打 **** 找我"), ("138-1234-5678", "****"), ("138 1234 5678。", "****。"),
        ("身份证350582199001011234", "身份证****"), ("35058219900101123X", "****X"), ("2026-03-02 09:30 修好", "2026-03-02 09:30 修好"),
        ("换了 3 盏灯，花了 120 元", "换了 3 盏灯，花了 120 元"), ("3 13812345678", "****"), ("1 号楼 0595-85701203", "1 号楼 ****"),
    ]

    @Test(arguments: masks) func `hides long numbers in public words`(_ text: String, _ shown: String) {
        #expect(PublicWords.masked(text) == shown)
    }

    @Test func `the default taxonomy is complete and consistent`() {
        let taxonomy = Taxonomy.default
        #expect(taxonomy.categories.count == 40 && taxonomy.groups.count == 10)
        #expect(Set(taxonomy.categories.map(\.code)).count == 40)
        #expect(Set(taxonomy.categories.map(\.group)) == Set(taxonomy.groups.map(\.code)))
        #expect(taxonomy["0501"]?.isRestricted == true && taxonomy["0101"]?.isRestricted == false)
        #expect(taxonomy["0304"]?.emergencyZh?.contains("119") == true && taxonomy["0402"]?.emergencyZh?.contains("110") == true)
        #expect(taxonomy.categories.allSatisfy { ($0.emergencyZh == nil) == ($0.emergencyEn == nil) })
        let tiers = Dictionary(grouping: taxonomy.categories, by: \.tier).mapValues(\.count)
        #expect(tiers == [.small: 16, .urgent: 15, .hard: 9])
    }

    @Test(arguments: ["", ".", "1.", "x.00000000-0000-7000-8000-000000000000", "1.2.3", "99999999999999999999.0"])
    func `a broken cursor is nothing`(_ text: String) { #expect(MatterCursor(text) == nil) }

    @Test func `a cursor reads what it writes`() {
        let cursor = MatterCursor(at: Instant(milliseconds: 42), id: ID(.version7(at: Instant(milliseconds: 1), random: (2, 3))))
        #expect(MatterCursor(cursor.description) == cursor)
    }
}
