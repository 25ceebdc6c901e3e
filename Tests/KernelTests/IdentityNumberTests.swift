import Kernel
import Testing

@Suite struct IdentityNumberTests {
    @Test(arguments: [
        // The standard's own example, and as people write it.
        ("11010519491231002X", "11010519491231002X"), ("11010519491231002x", "11010519491231002X"),
        (" 110105 19491231 002x ", "11010519491231002X"), ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("'11010519491231002X", "11010519491231002X"),
        // The first generation: 19 before the year, a check digit behind.
        ("110105491231002", "11010519491231002X"),
    ])
    func `reads a number however it is written`(_ text: String, _ digits: String) throws {
        #expect(try IdentityNumber(reading: text).digits == digits)
    }

    @Test(arguments: [
        ("", IdentityNumber.Fault.length), ("1101051949123100", .length), ("11010519491231002X0", .length),
        ("110105194912310021", .check), ("11010519491231003X", .check), ("11010519491331002X", .birth),
        ("11010519000229002X", .birth),
        ("11010518491231002X", .birth), ("1101051949123100XX", .characters), ("11010519491231002Y", .characters),
        ("十一万零一百零五十九", .characters), ("3.50582E+17", .rounded), ("3.50582e+17", .rounded), ("350582190001010000.0", .rounded),
        ("81010519491231002X", .prefix), ("01010519491231002X", .prefix), ("71010519491231002X", .prefix),
        ("16010519491231002X", .prefix),
    ])
    func `says what is wrong with a number`(_ text: String, _ fault: IdentityNumber.Fault) {
        #expect(throws: fault) { try IdentityNumber(reading: text) }
    }

    /// The number with these seventeen digits whose check is right.
    private static func number(_ body: String) throws -> IdentityNumber {
        let found = "0123456789X".compactMap { try? IdentityNumber(reading: body + String($0)) }
        return try #require(found.count == 1 ? found.first : nil, "\(body): one check character of eleven must be right")
    }

    @Test(arguments: [
        // 350522 was the county before it became the city 350582; elders keep their numbers.
        ("35052219000101001", IdentityNumber.Kind.citizen, true), ("35058219000101002", .citizen, false),
        ("81000019000101001", .residencePermit, true), ("82000019000101002", .residencePermit, false),
        ("83000019000101003", .residencePermit, true), ("91115619000101004", .permanentResidence, false),
    ])
    func `knows whose number it is`(_ body: String, _ kind: IdentityNumber.Kind, _ isMale: Bool) throws {
        let number = try Self.number(body)
        #expect(number.kind == kind && number.isMale == isMale && number.birth == Day("1900-01-01"))
    }

    @Test func `every single wrong digit and every swap of neighbours is found`() throws {
        let right = Array(try Self.number("35058219000101002").digits)
        for place in right.indices {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(throws: IdentityNumber.Fault.self) { try IdentityNumber(reading: String(wrong)) }
            }
        }
        for place in right.indices.dropLast() where right[place] != right[place + 1] {
            var wrong = right
            wrong.swapAt(place, place + 1)
            #expect(throws: IdentityNumber.Fault.self) { try IdentityNumber(reading: String(wrong)) }
        }
    }

    @Test func `shows the division and the last four, no birthday`() throws {
        #expect(try IdentityNumber(reading: "11010519491231002X").masked == "110105********002X")
    }
}

@Suite struct CreditCodeTests {
    @Test(arguments: [
        "91440300708461136T", "91110000802100433B", "911101087921006070", "12100000400010275N", "9144 0300-708461136t",
        "９１４４０３００７０８４６１１３６Ｔ",
    ])
    func `reads published codes`(_ text: String) throws {
        #expect(try CreditCode(reading: text).description.utf8.count == 18)
    }

    @Test(arguments: [
        ("", CreditCode.Fault.length), ("91440300708461136", .length), ("91440300708461136TT", .length),
        ("9144030070846113IT", .characters),
        ("91440300708461136O", .characters), ("91440300708461136店", .characters), ("91440300708461136U", .check),
        ("91440300708461126T", .check),
    ])
    func `says what is wrong with a code`(_ text: String, _ fault: CreditCode.Fault) {
        #expect(throws: fault) { try CreditCode(reading: text) }
    }

    @Test func `a code whose own check holds but not the organisation's is refused`() {
        // The ninth to seventeenth character with another end, and the last character made to fit.
        let ends = Array("0123456789ABCDEFGHJKLMNPQRTUWXY").map { "9144030070846113" + "5" + String($0) }
        let faults = ends.map { text -> CreditCode.Fault? in
            do throws(CreditCode.Fault) { _ = try CreditCode(reading: text); return nil } catch { return error }
        }
        #expect(faults.count { $0 == .organisation } == 1 && faults.count { $0 == .check } == 30)
    }

    @Test(arguments: [("91440300708461136T", CreditCode.Body.enterprise), ("12100000400010275N", .publicInstitution)])
    func `knows the body by the first two characters`(_ text: String, _ body: CreditCode.Body) throws {
        #expect(try CreditCode(reading: text).body == body)
    }
}

@Suite struct AgeTests {
    @Test(arguments: [
        // Full at the end of the birthday, so from the day after.
        ("2012-03-02", "2026-03-01", 13), ("2012-03-02", "2026-03-02", 13), ("2012-03-02", "2026-03-03", 14),
        // Born on a leap day: in a common year the month's last day takes its place.
        ("2012-02-29", "2026-02-27", 13), ("2012-02-29", "2026-02-28", 13), ("2012-02-29", "2026-03-01", 14),
        ("2012-02-29", "2024-02-29", 11), ("2012-02-29", "2024-03-01", 12), ("2012-12-31", "2026-12-31", 13),
        ("2012-12-31", "2027-01-01", 14), ("2026-03-02", "2026-03-02", 0), ("1900-01-01", "2026-03-02", 126),
    ])
    func `years are full the day after the birthday`(_ birth: String, _ day: String, _ years: Int) throws {
        let (birth, day) = (try #require(Day(birth)), try #require(Day(day)))
        #expect(Age.years(of: birth, on: day) == years)
        #expect(Age.needsGuardian(bornOn: birth, on: day) == (years < 14))
    }
}

@Suite struct TelephoneTests {
    @Test(arguments: [
        ("138 1234 5678", "13812345678"), ("+86 138-1234-5678", "13812345678"), ("008613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"), ("(0595) 8578 0000", "059585780000"), ("010-12345678", "01012345678"),
        ("8613812345678", "13812345678"), ("0595-8578000", "05958578000"),
    ])
    func `reads a number however it is written`(_ text: String, _ digits: String) {
        #expect(Telephone(text)?.digits == digits)
    }

    @Test(arguments: [
        "", "12345678901", "1381234567", "138123456789", "85780000", "0012345678", "１３８12E+10", "1.38E+10", "手机13812345678",
    ])
    func `refuses what cannot be one`(_ text: String) { #expect(Telephone(text) == nil) }
}
