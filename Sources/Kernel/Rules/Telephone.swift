/// A telephone number of mainland China, its digits only: a mobile number, or a fixed line with its area code.
package struct Telephone: Hashable, Sendable {
    package let digits: String

    /// Reads what a person typed: spaces, hyphens, brackets, full-width digits and +86 are forgiven. Nil when it cannot be a number.
    package init?(_ text: String) {
        var digits = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: digits.unicodeScalars.append(scalar)
            case 0xFF10...0xFF19: digits += String(scalar.value - 0xFF10)
            case 0x20, 0x28, 0x29, 0x2D, 0xA0, 0x2010...0x2015, 0x3000, 0xFF08, 0xFF09, 0xFF0D: continue
            case 0x2B where digits.isEmpty: continue
            default: return nil
            }
            if digits.count > 15 { return nil }
        }
        for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count > 11 {
            digits.removeFirst(prefix.count)
            break
        }
        guard Self.isMobile(digits) || Self.isFixed(digits) else { return nil }
        self.digits = digits
    }

    /// Eleven digits, 13 to 19 first.
    private static func isMobile(_ digits: String) -> Bool {
        digits.count == 11 && digits.first == "1" && digits.dropFirst().first.map { "3"..."9" ~= $0 } ?? false
    }

    /// An area code of three digits (010, 02x) with eight, or of four with seven or eight.
    private static func isFixed(_ digits: String) -> Bool {
        guard digits.first == "0", let second = digits.dropFirst().first, second != "0" else { return false }
        return second <= "2" ? digits.count == 11 : digits.count == 11 || digits.count == 12
    }

    /// With its middle hidden: `138****5678`.
    package var masked: String { String(digits.prefix(3)) + "****" + String(digits.suffix(4)) }
}
