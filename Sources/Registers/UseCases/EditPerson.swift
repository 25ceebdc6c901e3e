package import Directory
import Identity
package import Kernel
import Storage

/// What of a person is changed. Sealed data that is left as it is need not be seen to change the rest.
package struct PersonEdit: Sendable {
    package var name: String
    package var sex: PersonRecord.Sex?
    /// Nil leaves the day as it is, nil within takes it away: beside a masked document it would say the whole number.
    package var birth: Day??
    package var isPartyMember: Bool
    package var skills: Set<Skill>
    /// Nil leaves the document as it is; blank takes it away.
    package var document: String?
    package var documentKind: DocumentKind?
    /// Nil leaves the telephones as they are; empty takes them away.
    package var phones: [String]?

    package init(
        name: String, sex: PersonRecord.Sex?, birth: Day?? = nil, isPartyMember: Bool, skills: Set<Skill> = [],
        document: String? = nil,
        documentKind: DocumentKind? = nil, phones: [String]? = nil
    ) {
        self.name = name
        self.sex = sex
        self.birth = birth
        self.isPartyMember = isPartyMember
        self.skills = skills
        self.document = document
        self.documentKind = documentKind
        self.phones = phones
    }
}

/// Corrects what is known of a person. What it replaces stays in the history, sealed. 修改人员档案
package struct EditPerson: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameter version: the version that whoever changes it has seen.
    /// - Throws: ``NotFound`` out of scope, ``Invalid``, ``Conflict`` `stale` when somebody was faster, `merged` for a joined record.
    package func callAsFunction(
        _ id: ID<PersonNode>, _ edit: PersonEdit, seen version: Int, by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "person.edit", says: Self.fields(id, edit))
            let people = PersonRecordStore(tx, town: change.town)
            guard let before = try people.find(id, in: scope, on: desk.today) else { throw NotFound() }
            if try change.isDone() { return }
            guard before.mergedInto == nil, before.destroyedAt == nil else { throw Conflict("merged") }
            guard before.version == version else { throw Conflict("stale") }
            let open = try people.open([id], desk.vault)[id] ?? OpenPerson(document: nil, phones: [])
            // What is left as it is was checked when it was entered, and must still agree with what is changed.
            let checked = try PersonRules.check(
                PersonDraft(
                    name: edit.name, sex: edit.sex, birth: edit.birth ?? before.birth,
                    documentKind: edit.document == nil ? before.document : edit.documentKind,
                    document: edit.document ?? open.document ?? "", phones: edit.phones ?? open.phones,
                    isPartyMember: edit.isPartyMember), on: desk.today)
            var after = before
            after.name = checked.name
            after.sex = checked.sex
            after.birth = checked.birth
            after.isPartyMember = checked.isPartyMember
            after.version += 1
            guard try people.update(after, from: version) else { throw Conflict("stale") }
            if edit.document != nil {
                try people.setDocument(try checked.document.map { try SealedDocument($0, of: id, desk.vault) }, of: id)
            }
            if edit.phones != nil {
                try people.setPhones(try SealedPhones(checked.phones, of: id, desk.vault) { desk.ambient.newID() }, of: id)
            }
            let organisations = OrganisationStore(tx, town: change.town)
            let skills = try organisations.skills(of: id)
            if skills != edit.skills { try organisations.setSkills(edit.skills, of: id) }
            try PersonIndex(tx, town: change.town, vault: desk.vault).refresh([id], on: desk.today)
            let replaced = Self.replaced(before, after, open, skills, checked, edit)
            try change.record(
                id, grid: nil, ["fields": replaced.keys.sorted().joined(separator: " ")], replaced: replaced)
        }
    }

    private static func fields(_ id: ID<PersonNode>, _ edit: PersonEdit) -> [String?] {
        [
            id.description, edit.name, edit.sex?.rawValue, edit.birth.map { $0?.description ?? "" },
            edit.isPartyMember ? "1" : "0",
            edit.skills.map(\.rawValue).sorted().joined(separator: " "), edit.document, edit.documentKind?.rawValue,
            edit.phones?.joined(separator: "/"),
        ]
    }

    /// What was there before, of every field that is another now.
    private static func replaced(
        _ before: PersonRecord, _ after: PersonRecord, _ open: OpenPerson, _ skills: Set<Skill>, _ checked: CheckedPerson,
        _ edit: PersonEdit
    ) -> [String: String] {
        var replaced: [String: String] = [:]
        if before.name != after.name { replaced["name"] = before.name }
        if before.sex != after.sex { replaced["sex"] = before.sex?.rawValue ?? "" }
        if before.birth != after.birth { replaced["birth"] = before.birth?.description ?? "" }
        if before.isPartyMember != after.isPartyMember { replaced["party"] = before.isPartyMember ? "1" : "0" }
        if skills != edit.skills { replaced["skills"] = skills.map(\.rawValue).sorted().joined(separator: " ") }
        if edit.document != nil, open.document != checked.document?.number { replaced["document"] = open.document ?? "" }
        if edit.phones != nil, open.phones != checked.phones.map(\.digits) {
            replaced["phones"] = open.phones.joined(separator: " ")
        }
        return replaced
    }
}
