/// A telephone number as people write it.
package enum Phone {
    /// Digits, with spaces, hyphens, brackets and a leading plus forgiven: 3 to 15 digits (12345, 0595-8578 0000, 138 1234 5678).
    package static func isDialable(_ text: String) -> Bool {
        let digits = text.unicodeScalars.filter { (0x30...0x39).contains($0.value) }.count
        let allowed = text.unicodeScalars.enumerated().allSatisfy { index, scalar in
            (0x30...0x39).contains(scalar.value) || " -()".unicodeScalars.contains(scalar) || (index == 0 && scalar == "+")
        }
        return allowed && (3...15).contains(digits) && text.utf8.count <= 30
    }

    /// Only the digits, full-width ones included, without the country's 86: the form in which numbers are compared.
    package static func normalised(_ text: String) -> String {
        let digits = String(
            String.UnicodeScalarView(
                text.unicodeScalars.compactMap { scalar in
                    switch scalar.value {
                    case 0x30...0x39: scalar
                    case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFF10 + 0x30)
                    default: nil
                    }
                }))
        return digits.count == 13 && digits.hasPrefix("86") ? String(digits.dropFirst(2)) : digits
    }

    /// Whether `text` is a Chinese mobile number: eleven digits that begin with 13 to 19.
    package static func isMobile(_ text: String) -> Bool {
        let digits = normalised(text)
        return digits.count == 11 && digits.hasPrefix("1") && digits.dropFirst().first.map { "3456789".contains($0) } ?? false
    }
}
