/// The number of a Chinese identity document with eighteen characters (GB 11643-1999). 公民身份号码
///
/// The same form numbers the residence permits of people from Hong Kong, Macao and Taiwan (81, 82 and 83) and, since 2023, the permanent
/// residence cards of foreigners (9). Whether the first six digits name a division that still exists does not matter: elders carry
/// 350522, the county that became the city 350582.
package struct IdentityNumber: Hashable, Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// 居民身份证.
        case citizen
        /// 港澳台居民居住证.
        case residencePermit
        /// 外国人永久居留身份证.
        case permanentResidence
    }

    /// Eighteen characters: seventeen digits and a digit or `X`.
    package let digits: String
    package let kind: Kind
    package let birth: Day
    package let isMale: Bool

    /// Why a text is no identity number.
    package enum Fault: String, Error, Sendable, Hashable, CaseIterable {
        /// Neither fifteen nor eighteen characters.
        case length = "id-length"
        /// Something other than digits, and an X at the end.
        case characters = "id-characters"
        /// A spreadsheet has rounded it: 3.50582E+17.
        case rounded = "id-rounded"
        case birth = "id-birth"
        case check = "id-check"
        /// No province, permit or card begins so.
        case prefix = "id-prefix"
    }

    /// Reads what a person or a spreadsheet wrote: full-width characters, blanks and a small x are forgiven; fifteen digits of the first
    /// generation are converted (19 before the year, the check digit at the end).
    package init(reading text: String) throws(Fault) {
        let plain = Self.plain(text)
        if plain.contains("E+") || plain.contains(".") { throw .rounded }
        let bytes = Array(plain.utf8)
        switch bytes.count {
        case 15:
            guard bytes.allSatisfy(Self.isDigit) else { throw .characters }
            let longer = Array(bytes[0..<6]) + Array("19".utf8) + Array(bytes[6...])
            try self.init(characters: longer + [Self.check(longer)])
        case 18: try self.init(characters: bytes)
        default: throw bytes.allSatisfy { Self.isDigit($0) || $0 == UInt8(ascii: "X") } ? .length : .characters
        }
    }

    private init(characters bytes: [UInt8]) throws(Fault) {
        guard bytes.dropLast().allSatisfy(Self.isDigit), Self.isDigit(bytes[17]) || bytes[17] == UInt8(ascii: "X") else {
            throw .characters
        }
        guard let kind = Self.kind(bytes) else { throw .prefix }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        guard let birth = Day(year: number(6..<10), month: number(10..<12), day: number(12..<14)), birth.year >= 1850 else {
            throw .birth
        }
        guard Self.check(Array(bytes.dropLast())) == bytes[17] else { throw .check }
        digits = String(decoding: bytes, as: UTF8.self)
        self.kind = kind
        self.birth = birth
        isMale = bytes[16] % 2 == 1
    }

    /// Half-width, in capitals, without blanks and hyphens.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x20, 0x09, 0x0A, 0x0D, 0x2D, 0x27, 0xA0, 0x3000, 0x2010...0x2015, 0x200B, 0x2018, 0x2019, 0xFEFF: continue
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain.uppercased()
    }

    /// The provinces of mainland China are 11 to 65, of which each ten has its own end; permits begin with 81, 82, 83, cards with 9.
    private static func kind(_ bytes: [UInt8]) -> Kind? {
        let province = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        switch province {
        case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65: return .citizen
        case 81...83: return bytes[2..<6].allSatisfy { $0 == UInt8(ascii: "0") } ? .residencePermit : nil
        case 90...99: return .permanentResidence
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// ISO 7064 MOD 11-2 over seventeen digits (GB 11643-1999 §5).
    private static func check(_ digits: [UInt8]) -> UInt8 {
        let sum = zip(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11]
    }

    /// `350582********002X`.
    package var masked: String { digits.prefix(6) + "********" + digits.suffix(4) }
}
