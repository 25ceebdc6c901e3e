import Directory
import Kernel
import Web

/// The organisations of one's grids, who can help with what, and the form of a new one.
struct OrganisationsPage: Page {
    static let template = "registers-organisations"

    struct Line: Sendable {
        let href: String
        let name: String
        let kind: String
        let grid: String
        let members: String
    }

    let tabs: [RegisterTab]
    let organisations: [Line]
    let skills: [ChoicePart]
    let asked: Bool
    let helpers: [LinkPart]
    let mayManage: Bool
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let isOpen: Bool
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let name: String
    let address: String

    init(
        _ call: Call, _ principal: Principal, tree: GridTree, list: [(organisation: Organisation, members: Int)], skill: Skill?,
        helpers: [PersonRecord], faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        tabs = RegisterTab.tabs(call, at: RegistersPath.organisations)
        organisations = list.map { entry in
            Line(
                href: RegistersPath.organisation(entry.organisation.id), name: entry.organisation.name,
                kind: call.text("registers.org.\(entry.organisation.kind.rawValue)"),
                grid: tree.fullName(of: entry.organisation.grid, in: call.language),
                members: call.text("registers.org.members", ["count": call.count(entry.members)]))
        }
        skills = call.choices(Skill.self, chosen: skill?.rawValue, word: "registers.skill")
        asked = skill != nil
        self.helpers = helpers.map { LinkPart(href: RegistersPath.person($0.id), name: $0.name) }
        mayManage = principal.may(.manageResident)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        isOpen = !faults.isEmpty
        grids = call.grids(tree, in: principal.grants[.manageResident] ?? .nothing, chosen: call.sent("grid"))
        kinds = call.choices(Organisation.Kind.self, chosen: call.sent("kind", else: "partyBranch"), word: "registers.org")
        name = call.sent("name")
        address = call.sent("address")
    }
}

/// One organisation and who belongs to it.
struct OrganisationPage: Page {
    static let template = "registers-organisation"

    struct MemberLine: Sendable {
        let href: String
        let name: String
        let role: String
        let from: String
        let endPath: String
    }

    let name: String
    let kind: String
    let grid: String
    let address: String?
    let path: String
    let members: [MemberLine]
    let mayManage: Bool
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let person: String
    let roles: [ChoicePart]

    init(
        _ call: Call, _ principal: Principal, tree: GridTree, organisation: Organisation, members: [OrganisationMember],
        names: [ID<PersonNode>: String], faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        let path = RegistersPath.organisation(organisation.id)
        name = organisation.name
        kind = call.text("registers.org.\(organisation.kind.rawValue)")
        grid = tree.fullName(of: organisation.grid, in: call.language)
        address = organisation.address
        self.path = path
        self.members = members.map { member in
            MemberLine(
                href: RegistersPath.person(member.person), name: names[member.person] ?? "",
                role: call.text("registers.role.\(member.role.rawValue)"), from: member.term.from.description,
                endPath: "\(path)/members/\(member.id)/ending")
        }
        mayManage = principal.grants[.manageResident].map { tree.isIn($0, organisation.grid) } ?? false
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        person = call.sent("person")
        roles = call.choices(OrganisationMember.Role.self, chosen: call.sent("role", else: "member"), word: "registers.role")
    }
}
