package import Kernel
import Storage

/// Everything the registers know of one person except what is sealed: the identity document and the telephones. 人员档案
package struct PersonRecord: Sendable, Hashable {
    package enum Sex: String, Sendable, Hashable, CaseIterable, SQLValue { case male, female }

    package let id: ID<PersonNode>
    package var name: String
    package var sex: Sex?
    package var birth: Day?
    /// Nil when no document is known.
    package var document: DocumentKind?
    package var isPartyMember: Bool
    package var deceasedOn: Day?
    /// Who this one turned out to be.
    package var mergedInto: ID<PersonNode>?
    /// When their personal data was destroyed.
    package var destroyedAt: Instant?
    /// Counts every change; a change names the version it was made on.
    package var version: Int

    package init(
        id: ID<PersonNode>, name: String, sex: Sex? = nil, birth: Day? = nil, document: DocumentKind? = nil,
        isPartyMember: Bool = false, deceasedOn: Day? = nil, mergedInto: ID<PersonNode>? = nil, destroyedAt: Instant? = nil,
        version: Int = 1
    ) {
        self.id = id
        self.name = name
        self.sex = sex
        self.birth = birth
        self.document = document
        self.isPartyMember = isPartyMember
        self.deceasedOn = deceasedOn
        self.mergedInto = mergedInto
        self.destroyedAt = destroyedAt
        self.version = version
    }

    package var person: Person { Person(id: id, name: name) }
}

/// What somebody proves who they are with. 证件
package enum DocumentKind: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
    /// 居民身份证.
    case citizen
    /// 港澳台居民居住证.
    case residencePermit
    /// 外国人永久居留身份证.
    case permanentResidence
    /// 护照.
    case passport
    /// 港澳居民来往内地通行证, 台湾居民来往大陆通行证.
    case travelPermit
    /// 户口簿, 出生医学证明 and whatever else a village has.
    case other
}

/// The number of a document, as people wrote it and checked where a rule is known.
package struct Document: Sendable, Hashable {
    package let kind: DocumentKind
    /// In capitals, without blanks.
    package let number: String
    /// What the number itself says.
    package let birth: Day?
    package let sex: PersonRecord.Sex?

    /// - Parameter kind: nil when the number alone is known: then it must be an identity number.
    /// - Throws: ``Invalid`` at `/document`.
    package init(_ kind: DocumentKind?, _ text: String) throws(Invalid) {
        switch kind {
        case nil, .citizen, .residencePermit, .permanentResidence:
            do throws(IdentityNumber.Fault) {
                let number = try IdentityNumber(reading: text)
                let found = DocumentKind(rawValue: number.kind.rawValue) ?? .citizen
                guard kind == nil || kind == found else { throw .prefix }
                self.kind = found
                self.number = number.digits
                birth = number.birth
                sex = number.isMale ? .male : .female
            } catch {
                throw Invalid("/document", error.rawValue)
            }
        case .passport?, .travelPermit?, .other?:
            let plain = text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
            guard (4...30).contains(plain.count), plain.utf8.count <= 90, plain.allSatisfy({ $0.isLetter || $0.isNumber }) else {
                throw Invalid("/document", "document-characters")
            }
            self.kind = kind ?? .other
            number = plain
            birth = nil
            sex = nil
        }
    }

    /// The first six and last four characters of an identity number; the first two and last two of anything else.
    package static func masked(_ number: String) -> String {
        number.count == 18 ? number.prefix(6) + "********" + number.suffix(4) : number.prefix(2) + "****" + number.suffix(2)
    }
}
