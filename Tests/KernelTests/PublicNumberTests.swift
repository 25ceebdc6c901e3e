import Kernel
import Testing

struct PublicNumberTests {
    static let samples: [UInt64] = [
        0, 1, 9_999_999_999, 12_345_678_901, 99_999_999_999, 100_000_000_000, .max, 0x9E37_79B9_7F4A_7C15,
    ]

    @Test(arguments: samples)
    func `detects every wrong digit and every swap of neighbours`(_ random: UInt64) throws {
        let digits = Array(PublicNumber(random: random).digits)
        #expect(digits.count == 12)
        #expect(PublicNumber(String(digits))?.digits == String(digits))
        for position in digits.indices {
            for wrong in "0123456789" where wrong != digits[position] {
                var changed = digits
                changed[position] = wrong
                #expect(PublicNumber(String(changed)) == nil)
            }
            guard position > 0, digits[position] != digits[position - 1] else { continue }
            var swapped = digits
            swapped.swapAt(position, position - 1)
            #expect(PublicNumber(String(swapped)) == nil)
        }
    }

    @Test func `reads what people type`() throws {
        let number = PublicNumber(random: 12_345_678_901)
        let wide = String(
            String.UnicodeScalarView(number.digits.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0x30 + 0xFF10) }))
        let typed = [
            number.digits, number.description, wide, " \(number.digits) ", number.description.replacing(" ", with: "-"),
            number.description.replacing(" ", with: "\u{3000}"), number.description.replacing(" ", with: "\u{A0}"),
        ]
        for text in typed { #expect(PublicNumber(text) == number) }
        #expect(number.description.count == 14)
    }

    @Test(arguments: [
        "", " ", "12345678901", "1234567890123", "12345678901a", "١٢٣٤٥٦٧٨٩٠١٢", "' OR 1=1 --", "<script>", "12345678901\0",
        "1234\n5678\n9012",
        "²²²²²²²²²²²²", "１２３４５６７８９０１", "+12345678901", "0x1234567890", String(repeating: "0", count: 1_000_000),
        String(repeating: "0", count: 11) + "\u{301}0",
    ])
    func `refuses anything else`(_ text: String) {
        #expect(PublicNumber(text) == nil)
    }
}
