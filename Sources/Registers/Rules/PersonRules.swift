package import Directory
package import Kernel

/// What somebody wrote down about a person.
package struct PersonDraft: Sendable, Hashable {
    package var name: String
    package var sex: PersonRecord.Sex?
    package var birth: Day?
    /// Nil when the number alone is known.
    package var documentKind: DocumentKind?
    /// Blank when there is none.
    package var document: String
    /// Blank ones are left out; the first is the one to call.
    package var phones: [String]
    package var isPartyMember: Bool

    package init(
        name: String, sex: PersonRecord.Sex? = nil, birth: Day? = nil, documentKind: DocumentKind? = nil, document: String = "",
        phones: [String] = [], isPartyMember: Bool = false
    ) {
        self.name = name
        self.sex = sex
        self.birth = birth
        self.documentKind = documentKind
        self.document = document
        self.phones = phones
        self.isPartyMember = isPartyMember
    }
}

/// A draft that keeps the rules, with what its document says filled in.
package struct CheckedPerson: Sendable, Hashable {
    package let name: String
    package let sex: PersonRecord.Sex?
    package let birth: Day?
    package let document: Document?
    package let phones: [Telephone]
    package let isPartyMember: Bool
}

/// What a person's record must be like.
package enum PersonRules {
    package static let nameLimit = 40
    package static let phoneLimit = 5
    /// Nobody has lived longer.
    private static let oldest = 130

    /// - Throws: ``Invalid`` with everything found, at `/name`, `/birth`, `/sex`, `/document`, `/phones/0` and so on.
    package static func check(_ draft: PersonDraft, on today: Day) throws(Invalid) -> CheckedPerson {
        var validation = Validation()
        let name = validation.text(draft.name, at: "/name", limit: nameLimit)
        validation.check(name.isEmpty || name.contains { $0.isLetter }, at: "/name", "not-a-name")
        var document: Document?
        var faults: [Fault] = []
        if !draft.document.trimmed.isEmpty {
            do throws(Invalid) { document = try Document(draft.documentKind, draft.document) } catch { faults += error.faults }
        }
        let birth = draft.birth ?? document?.birth
        let sex = draft.sex ?? document?.sex
        if let birth {
            validation.check(birth <= today, at: "/birth", "in-the-future")
            validation.check(today.year - birth.year <= oldest, at: "/birth", "too-long-ago")
            validation.check(document?.birth.map { $0 == birth } ?? true, at: "/birth", "birth-differs")
        }
        validation.check(document?.sex.map { $0 == sex } ?? true, at: "/sex", "sex-differs")
        let written = draft.phones.map(\.trimmed).filter { !$0.isEmpty }
        validation.check(written.count <= phoneLimit, at: "/phones", "too-many-phones", ["limit": String(phoneLimit)])
        var phones: [Telephone] = []
        for (index, text) in written.prefix(phoneLimit).enumerated() {
            let phone = Telephone(text)
            validation.check(phone != nil, at: "/phones/\(index)", "not-a-phone")
            if let phone, !phones.contains(phone) { phones.append(phone) }
        }
        faults = validation.faults + faults
        guard faults.isEmpty else { throw Invalid(faults) }
        return CheckedPerson(
            name: name, sex: sex, birth: birth, document: document, phones: phones, isPartyMember: draft.isPartyMember)
    }

    /// Whether somebody may begin to live somewhere on `from` and until `to`.
    package static func faults(of term: Term, today: Day) -> [Fault] {
        var validation = Validation()
        validation.check(term.from <= today.adding(days: 366), at: "/from", "in-the-future")
        validation.check(!term.isReversed, at: "/to", "dates-reversed")
        return validation.faults
    }
}
