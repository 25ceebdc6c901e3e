import Directory
import Identity
import Kernel
import Web

/// Everything held about one person, in words, to be printed or read to them.
struct PersonFilePage: Page {
    static let template = "registers-file"

    struct Line: Sendable {
        let label: String
        let value: String
    }
    struct Part: Sendable {
        let heading: String
        let lines: [Line]
    }

    let name: String
    let back: String
    let made: String
    let parts: [Part]

    init(_ call: Call, _ file: PersonFile) {
        let names = Dictionary(file.purposes.map { ($0.code, call.name(of: $0)) }) { first, _ in first }
        func part(_ word: String, _ lines: [(String, String?)]) -> Part {
            Part(
                heading: call.text("registers.file.\(word)"),
                lines: lines.compactMap { label, value in value.map { Line(label: label, value: $0) } })
        }
        name = file.person.name
        back = RegistersPath.person(file.person.id)
        made = file.madeAt.stamp()
        parts = [
            part(
                "who",
                [
                    (call.text("registers.person.name"), file.person.name),
                    (call.text("registers.person.sex"), file.person.sex.map(call.label)),
                    (call.text("registers.person.birth"), file.person.birth?.description),
                    (file.person.document.map(call.label) ?? call.text("registers.person.document"), file.open.document),
                    (
                        call.text("registers.person.phone"),
                        file.open.phones.isEmpty ? nil : file.open.phones.joined(separator: ", ")
                    ),
                    (call.text("registers.person.party"), file.person.isPartyMember ? call.text("web.yes") : nil),
                    (
                        call.text("registers.person.skills"),
                        file.skills.isEmpty
                            ? nil : Skill.allCases.filter(file.skills.contains).map(call.label).joined(separator: ", ")
                    ),
                ]),
            part(
                "homes",
                file.homes.map { stay, household, grid in
                    let term = stay.residency.term
                    return (
                        "\(term.from) – \(term.to?.description ?? "")",
                        "\(call.label(stay.residency.kind)) · \(grid) \(household.address.words)"
                    )
                }),
            part(
                "care",
                file.marks.map { mark in
                    (
                        "\(mark.from) – \(mark.to)",
                        [call.label(mark.kind), names[mark.purpose] ?? mark.purpose, mark.note].compactMap(\.self).joined(
                            separator: " · ")
                    )
                }),
            part(
                "consents",
                file.consents.map { consent in
                    (
                        consent.at.stamp(),
                        call.text("registers.consent.\(consent.act.rawValue)") + " · "
                            + (names[consent.purpose] ?? consent.purpose)
                    )
                }),
            part("guardians", file.guardians.map { ($0.guardianship.relation, $0.name) }),
            part("memberships", file.memberships.map { (call.text("registers.role.\($0.member.role.rawValue)"), $0.name) }),
            part("properties", file.properties.map { (call.label($0.kind), $0.address.words) }),
            part(
                "history",
                file.history.map { ($0.at.stamp(), call.text("registers.act.\($0.act)") + " · " + call.posts($0.post ?? "")) }),
            part("reveals", file.reveals.map { ($0.at.stamp(), call.posts($0.post ?? "")) }),
            part(
                "purposes",
                file.purposes.map {
                    (
                        call.name(of: $0),
                        call.text("registers.basis.\($0.basis.rawValue)") + " · "
                            + call.text("registers.purposes.kept", ["days": call.count($0.retentionDays)])
                    )
                }),
        ].filter { !$0.lines.isEmpty }
    }
}

/// The same for programs: one JSON document a person may take elsewhere.
struct PersonFileDocument: Encodable {
    struct Home: Encodable { let address, grid, kind, from: String; let to, relation, ending: String? }
    struct Mark: Encodable { let kind, purpose, audience, from, to: String; let note: String? }
    struct Entry: Encodable { let at, act: String; let by, purpose: String? }
    struct Bond: Encodable { let name, role: String }
    struct Holding: Encodable { let address, kind, use: String }
    struct Ground: Encodable { let code, name, basis: String; let retentionDays: Int }

    let id: ID<PersonNode>
    let madeAt: String
    let name: String
    let sex, birth, documentKind, document, deceasedOn: String?
    let phones: [String]
    let isPartyMember: Bool
    let skills: [String]
    let homes: [Home]
    let careMarks: [Mark]
    let consents: [Entry]
    let guardians: [Bond]
    let memberships: [Bond]
    let properties: [Holding]
    let joinedRecords: [ID<PersonNode>]
    let history: [Entry]
    let reveals: [Entry]
    let purposes: [Ground]

    init(_ file: PersonFile) {
        let person = file.person
        id = person.id
        madeAt = file.madeAt.rfc3339
        name = person.name
        sex = person.sex?.rawValue
        birth = person.birth?.description
        documentKind = person.document?.rawValue
        document = file.open.document
        deceasedOn = person.deceasedOn?.description
        phones = file.open.phones
        isPartyMember = person.isPartyMember
        skills = file.skills.map(\.rawValue).sorted()
        homes = file.homes.map { stay, household, grid in
            Home(
                address: household.address.words, grid: grid, kind: stay.residency.kind.rawValue,
                from: stay.residency.term.from.description, to: stay.residency.term.to?.description, relation: stay.relation,
                ending: stay.ending?.rawValue)
        }
        careMarks = file.marks.map {
            Mark(
                kind: $0.kind.rawValue, purpose: $0.purpose, audience: $0.audience.rawValue, from: $0.from.description,
                to: $0.to.description, note: $0.note)
        }
        consents = file.consents.map { Entry(at: $0.at.rfc3339, act: $0.act.rawValue, by: nil, purpose: $0.purpose) }
        guardians = file.guardians.map { Bond(name: $0.name, role: $0.guardianship.relation) }
        memberships = file.memberships.map { Bond(name: $0.name, role: $0.member.role.rawValue) }
        properties = file.properties.map {
            Holding(address: $0.address.words, kind: $0.kind.rawValue, use: $0.use.rawValue)
        }
        joinedRecords = file.joined
        history = file.history.map { Entry(at: $0.at.rfc3339, act: $0.act, by: $0.post, purpose: nil) }
        reveals = file.reveals.map { Entry(at: $0.at.rfc3339, act: $0.act, by: $0.post, purpose: nil) }
        purposes = file.purposes.map {
            Ground(code: $0.code, name: $0.nameZh, basis: $0.basis.rawValue, retentionDays: $0.retentionDays)
        }
    }
}
