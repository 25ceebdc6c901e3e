/// A unified social credit code: eighteen characters that name an organisation (GB 32100-2015). 统一社会信用代码
package struct CreditCode: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package enum Fault: String, Error, Sendable, Hashable, CaseIterable {
        case length = "credit-length"
        /// A character outside the alphabet, which has no I, O, S, V and Z.
        case characters = "credit-characters"
        /// The last character, over the whole code.
        case check = "credit-check"
        /// The ninth to seventeenth character are the organisation's code, which has a check of its own (GB 11714-1997).
        case organisation = "credit-organisation"
    }

    /// Reads what a person or a spreadsheet wrote: small letters, full-width characters, blanks and hyphens are forgiven.
    package init(reading text: String) throws(Fault) {
        var characters: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0D, 0x2D, 0xA0, 0x3000, 0x200B, 0xFEFF: continue
            case 0xFF01...0xFF5E: characters.append(Self.capital(UInt8(scalar.value - 0xFEE0)))
            case 0x21...0x7E: characters.append(Self.capital(UInt8(scalar.value)))
            default: throw .characters
            }
            if characters.count > 18 { throw .length }
        }
        guard characters.count == 18 else { throw .length }
        let places = characters.map { Self.alphabet.firstIndex(of: $0) }
        let values = places.compactMap(\.self)
        guard values.count == 18 else { throw .characters }
        let sum = zip(values, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]).reduce(0) { $0 + $1.0 * $1.1 }
        guard (31 - sum % 31) % 31 == values[17] else { throw .check }
        guard Self.isOrganisationCode(Array(characters[8..<17])) else { throw .organisation }
        description = String(decoding: characters, as: UTF8.self)
    }

    /// GB 11714-1997: 36 characters, weights 3 7 9 10 5 8 4 2, `11 - sum % 11` with 10 as X and 11 as 0.
    private static func isOrganisationCode(_ characters: [UInt8]) -> Bool {
        let values = characters.prefix(8).map { Int($0) - ($0 < 65 ? 48 : 55) }
        let sum = zip(values, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + $1.0 * $1.1 }
        return characters[8] == Array("0X987654321".utf8)[sum % 11]
    }

    private static func capital(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// What kind of body the first two characters say it is.
    package enum Body: String, Sendable, Hashable, CaseIterable {
        case enterprise, soleTrader, farmersCooperative, association, privateInstitution, foundation, villageCommittee
        case residentsCommittee, authority, publicInstitution, massOrganisation, collective, other
    }

    package var body: Body {
        switch description.prefix(2) {
        case "91": .enterprise
        case "92": .soleTrader
        case "93": .farmersCooperative
        case "51": .association
        case "52": .privateInstitution
        case "53": .foundation
        case "54": .villageCommittee
        case "55": .residentsCommittee
        case "11": .authority
        case "12": .publicInstitution
        case "13": .massOrganisation
        case let prefix where prefix.hasPrefix("N"): .collective
        default: .other
        }
    }
}
