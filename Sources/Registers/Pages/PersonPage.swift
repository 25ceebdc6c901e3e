import Directory
import Kernel
import Web

/// One person's record: masked, with everything that can be done with it.
struct PersonPage: Page {
    static let template = "registers-person"

    struct Home: Sendable {
        let href: String
        let address: String
        let grid: String
        let about: String
        let now: Bool
    }
    struct Mark: Sendable {
        let kind: String
        let purpose: String
        let audience: String
        let until: String
        let note: String?
        let endPath: String?
    }
    struct ConsentLine: Sendable {
        let when: String
        let act: String
        let colour: String
        let purpose: String
        let way: String
    }
    struct Named: Sendable {
        let name: String
        let about: String
    }
    struct Alike: Sendable {
        let href: String
        let name: String
        let about: String
        let reason: String
        let value: String
    }
    struct Joined: Sendable {
        let when: String
        let undoPath: String
    }

    let id: String
    let name: String
    let path: String
    let about: String
    let badges: [BadgePart]
    let mergedHref: String?
    let document: String?
    let documentKind: String?
    let phones: String?
    let homes: [Home]
    let marks: [Mark]
    let showsCare: Bool
    let mayCare: Bool
    let mayEdit: Bool
    let mayReveal: Bool
    let mayManage: Bool
    let child: Bool
    let guardians: [Named]
    let memberships: [Named]
    let skills: [BadgePart]
    let consents: [ConsentLine]
    let alike: [Alike]
    let joined: [Joined]
    let events: [EventLine]
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let open: [String: Bool]
    let typed: [String: String]
    let careKinds: [ChoicePart]
    let purposes: [ChoicePart]
    let audiences: [ChoicePart]
    let ways: [ChoicePart]
    let consentActs: [ChoicePart]
    let consentGuardians: [ChoicePart]

    /// - Parameter section: the form that was sent and could not be carried out.
    init(_ call: Call, _ principal: Principal, _ sight: PersonSight, section: String? = nil, faults: [Fault] = []) {
        let person = sight.person
        let shown = ShownFaults(
            faults.map { Fault("/\(section ?? "")-\($0.pointer.drop { $0 == "/" })", $0.code, $0.values) }, call)
        // Nothing can be written into a record that was joined to another or destroyed.
        let isLive = person.mergedInto == nil && person.destroyedAt == nil
        id = person.id.description
        name = person.name
        path = RegistersPath.person(person.id)
        about = [person.sex.map(call.label), call.age(person)].compactMap(\.self).joined(separator: " · ")
        badges = Self.badges(person, call)
        mergedHref = person.mergedInto.map(RegistersPath.person)
        document = sight.maskedDocument
        documentKind = person.document.map(call.label)
        phones = sight.maskedPhones.isEmpty ? nil : sight.maskedPhones.joined(separator: ", ")
        homes = sight.homes.reversed().map { Self.home($0.stay, $0.household, sight.tree, call) }
        showsCare = principal.may(.readCare)
        mayCare = principal.may(.readCare) && principal.may(.editResident) && isLive
        mayEdit = principal.may(.editResident) && isLive
        mayReveal = principal.may(.revealResident) && isLive
        mayManage = principal.may(.manageResident) && isLive
        let names = Dictionary(sight.purposes.map { ($0.code, call.name(of: $0)) }) { first, _ in first }
        marks = sight.marks.map { mark in
            Mark(
                kind: call.label(mark.kind), purpose: names[mark.purpose] ?? mark.purpose,
                audience: call.text("registers.audience.\(mark.audience.rawValue)"), until: mark.to.description, note: mark.note,
                endPath: principal.may(.editResident) && isLive ? "/office/care/\(mark.id)/ending" : nil)
        }
        child = person.birth.map { Age.needsGuardian(bornOn: $0, on: call.now.day()) } ?? false
        guardians = sight.guardians.map { Named(name: $0.name, about: $0.guardianship.relation) }
        memberships = sight.memberships.map { entry in
            let term = entry.member.term
            return Named(
                name: entry.name,
                about: call.text("registers.role.\(entry.member.role.rawValue)")
                    + " · \(term.from) – \(term.to?.description ?? "")")
        }
        skills = Skill.allCases.filter(sight.skills.contains).map { BadgePart(label: call.label($0), colour: "line") }
        consents = sight.consents.map { consent in
            ConsentLine(
                when: consent.at.stamp(), act: call.text("registers.consent.\(consent.act.rawValue)"),
                colour: consent.act == .given ? "green" : "amber", purpose: names[consent.purpose] ?? consent.purpose,
                way: call.text("registers.way.\(consent.way.rawValue)"))
        }
        alike = sight.alike.map { entry in
            Alike(
                href: RegistersPath.person(entry.person.id), name: entry.person.name, about: call.age(entry.person) ?? "",
                reason: call.label(entry.reason), value: entry.person.id.description)
        }
        joined = sight.merges.map { Joined(when: $0.at.stamp(), undoPath: "/office/merges/\($0.id)/undoing") }
        events = call.lines(sight.history)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        open = section.map { [$0: true] } ?? [:]
        typed = ["note", "from", "to", "reason", "guardian", "relation"].reduce(into: [:]) {
            $0[$1] = section == nil ? "" : call.sent($1)
        }
        careKinds = call.choices(CareMark.Kind.self, chosen: section == "care" ? call.form["kind"] : nil, word: "registers.care")
        purposes = sight.purposes.filter { $0.endsOn.map { $0 >= call.now.day() } ?? true }.map {
            ChoicePart(value: $0.code, label: call.name(of: $0), chosen: call.sent("purpose", else: "care") == $0.code)
        }
        let reach = (try? CareReach(principal))?.audiences ?? []
        audiences = reach.map {
            ChoicePart(
                value: $0.rawValue, label: call.text("registers.audience.\($0.rawValue)"),
                chosen: call.sent("audience", else: "grid") == $0.rawValue)
        }
        ways = call.choices(Consent.Way.self, chosen: call.sent("way", else: "paper"), word: "registers.way")
        consentActs = call.choices(Consent.Act.self, chosen: call.sent("act", else: "given"), word: "registers.consent")
        consentGuardians = sight.guardians.map {
            ChoicePart(
                value: $0.guardianship.guardian.description, label: $0.name,
                chosen: call.form["guardian"] == $0.guardianship.guardian.description)
        }
    }

    private static func badges(_ person: PersonRecord, _ call: Call) -> [BadgePart] {
        var badges: [BadgePart] = []
        if person.isPartyMember { badges.append(BadgePart(label: call.text("registers.person.party"), colour: "red")) }
        if person.deceasedOn != nil { badges.append(BadgePart(label: call.text("registers.deceased"), colour: "line")) }
        if person.mergedInto != nil { badges.append(BadgePart(label: call.text("registers.person.merged"), colour: "amber")) }
        if person.destroyedAt != nil { badges.append(BadgePart(label: call.text("registers.person.destroyed"), colour: "amber")) }
        return badges
    }

    private static func home(_ stay: Stay, _ household: HouseholdRecord, _ tree: GridTree, _ call: Call) -> Home {
        let term = stay.residency.term
        let about = [
            call.label(stay.residency.kind), stay.relation, "\(term.from) – \(term.to?.description ?? "")",
            stay.ending.map { call.text("registers.ending.\($0.rawValue)") },
        ]
        return Home(
            href: RegistersPath.household(household.id), address: household.address.words,
            grid: tree.fullName(of: household.grid, in: call.language), about: about.compactMap(\.self).joined(separator: " · "),
            now: term.contains(call.now.day()))
    }
}

/// What is sealed, shown once after a reason was given.
struct SealedShownPage: Page {
    static let template = "registers-revealed"
    let name: String
    let back: String
    let document: String?
    let documentKind: String?
    let birth: String?
    let phones: [LinkPart]
}
