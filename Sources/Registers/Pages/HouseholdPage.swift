import Directory
import Kernel
import Web

/// One household on one page: who lives there, what to look after, when somebody was there, and what can be written down.
struct HouseholdPage: Page {
    static let template = "registers-household"

    struct MemberLine: Sendable {
        let href: String
        let name: String
        let head: Bool
        let about: String
        let relation: String?
        let document: String?
        let phones: String?
        let marks: [BadgePart]
        let value: String
    }
    struct VisitLine: Sendable {
        let when: String
        let channel: String
        let by: String
        let note: String?
    }

    let grid: String
    let gridHref: String
    let address: String
    let path: String
    let editHref: String?
    let enterHref: String?
    let mayEdit: Bool
    let ended: Bool
    let visited: String
    let formerGrids: [String]
    let properties: [LinkPart]
    let members: [MemberLine]
    let former: [MemberLine]
    let visits: [VisitLine]
    let events: [EventLine]
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let open: [String: Bool]
    let channels: [ChoicePart]
    let day: String
    let note: String
    let noteLimit: Int
    let endings: [ChoicePart]
    let leavers: [ChoicePart]

    /// - Parameter section: the form that was sent and could not be carried out: `visit` or `leave`.
    init(_ call: Call, _ principal: Principal, _ sight: HouseholdSight, section: String? = nil, faults: [Fault] = []) {
        let household = sight.household
        let mayEdit = principal.grants[.editResident].map { sight.tree.isIn($0, household.grid) } ?? false
        let shown = ShownFaults(
            faults.map { Fault("/\(section ?? "")-\($0.pointer.drop { $0 == "/" })", $0.code, $0.values) }, call)
        grid = sight.tree.fullName(of: household.grid, in: call.language)
        gridHref = "\(RegistersPath.households)?grid=\(household.grid)"
        address = household.address.words
        path = RegistersPath.household(household.id)
        self.mayEdit = mayEdit
        editHref = mayEdit ? "\(path)/edit" : nil
        enterHref = mayEdit ? "\(path)/residents" : nil
        ended = household.term.to.map { $0 < call.now.day() } ?? false
        visited = call.since(household.visitedAt)
        formerGrids = sight.formerGrids.map { former in
            call.text(
                "registers.household.former-grid",
                ["grid": former.grid.name(in: call.language), "until": former.until.description])
        }
        properties = sight.properties.map { property in
            LinkPart(
                href: RegistersPath.property(property.id),
                name: "\(property.address.words) · \(call.label(property.kind)) · \(call.label(property.use))")
        }
        members = sight.members.map { Self.line($0, call, household.head) }
        former = sight.former.map { Self.line($0, call, nil) }
        visits = sight.visits.map { visit in
            VisitLine(
                when: visit.at.stamp(), channel: call.text("registers.channel.\(visit.channel.rawValue)"),
                by: [visit.byName, call.posts(visit.byPost)].joined(separator: " · "), note: visit.note)
        }
        events = call.lines(sight.history)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        open = section.map { [$0: true] } ?? [:]
        channels = call.choices(
            HomeVisit.Channel.self, chosen: section == "visit" ? call.form["channel"] : "door", word: "registers.channel")
        day = section == nil ? call.now.day().description : call.sent("day")
        note = section == "visit" ? call.sent("note") : ""
        noteLimit = RecordVisit.noteLimit
        endings = call.choices(
            Stay.Ending.self, chosen: section == "leave" ? call.form["ending"] : "moved", word: "registers.ending")
        leavers = sight.members.map {
            ChoicePart(
                value: $0.person.id.description, label: $0.person.name,
                chosen: section == "leave" && call.form["person"] == $0.person.id.description)
        }
    }

    private static func line(_ member: Member, _ call: Call, _ head: ID<PersonNode>?) -> MemberLine {
        let (person, stay) = (member.person, member.stay)
        let term = stay.residency.term
        let about = [
            person.sex.map(call.label), call.age(person), call.label(stay.residency.kind),
            term.to == nil
                ? call.text("registers.household.since", ["day": term.from.description])
                : "\(term.from) – \(term.to?.description ?? "")",
            stay.ending.map { call.text("registers.ending.\($0.rawValue)") },
        ]
        return MemberLine(
            href: RegistersPath.person(person.id), name: person.name, head: person.id == head,
            about: about.compactMap(\.self).joined(separator: " · "), relation: stay.relation, document: member.maskedDocument,
            phones: member.maskedPhones.isEmpty ? nil : member.maskedPhones.joined(separator: ", "),
            marks: member.marks.map { BadgePart(label: call.label($0.kind), colour: "brick") }, value: person.id.description)
    }
}
