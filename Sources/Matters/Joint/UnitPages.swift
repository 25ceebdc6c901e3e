import Directory
import Kernel
import Web

/// What is said of a unit, as the form shows it.
struct UnitForm: Sendable {
    let nameZh: String
    let nameEn: String
    let contact: String
    let phone: String
    let respondWithin: String
    let finishWithin: String
    let retired: Bool
    let version: String

    /// What was sent, or what the unit has, or what a new one begins with.
    init(_ unit: JointUnit?, _ call: Call, isSent: Bool) {
        func text(_ field: String, _ known: String) -> String { isSent ? call.sent(field) : known }
        nameZh = text("nameZh", unit?.nameZh ?? "")
        nameEn = text("nameEn", unit?.nameEn ?? "")
        contact = text("contact", unit?.contact ?? "")
        phone = text("phone", unit?.phone ?? "")
        respondWithin = text("respondWithin", (unit?.respondWithin ?? .oneDay).description)
        finishWithin = text("finishWithin", (unit?.finishWithin ?? .threeDays).description)
        retired = isSent ? call.form["retired"] != nil : unit?.isRetired ?? false
        version = String(unit?.version ?? 0)
    }
}

/// The units outside the grids that the town can ask. 协办单位
struct UnitsPage: Page {
    static let template = "joint-units"
    struct Line: Sendable {
        let href: String
        let name: String
        let contact: String
        let figures: String
        let isRetired: Bool
    }
    let lines: [Line]
    let value: UnitForm
    let isOpen: Bool
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let isEdit = false

    init(_ units: [JointUnit], _ figures: [ID<JointUnit>: UnitFigures], _ wording: Wording, _ faults: [Fault]) {
        let call = wording.call
        let shown = ShownFaults(faults, call)
        lines = units.map { unit in
            Line(
                href: "\(UnitRoutes.path)/\(unit.id)", name: unit.name(in: call.language),
                contact: [unit.contact, unit.phone].filter { !$0.isEmpty }.joined(separator: " · "),
                figures: (figures[unit.id] ?? UnitFigures()).words(call), isRetired: unit.isRetired)
        }
        value = UnitForm(nil, call, isSent: !faults.isEmpty)
        isOpen = !faults.isEmpty
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
    }
}

extension UnitFigures {
    func words(_ call: Call) -> String {
        call.text(
            "joint.figures",
            [
                "asked": String(asked), "open": String(open), "done": String(confirmed), "refused": String(refused),
                "late": String(late),
            ])
    }
}

/// One unit: what is said of it, who answers for it, and what came of what it was asked.
struct UnitPage: Page {
    static let template = "joint-unit"
    struct Member: Sendable {
        let name: String
        let from: String
        let endPath: String
    }
    struct Entry: Sendable {
        let when: String
        let iso: String
        let title: String
        let who: String
        let post: String
    }
    let path: String
    let name: String
    let figures: String
    let tasksHref: String
    let members: [Member]
    let value: UnitForm
    let isEdit = true
    let editOpen: Bool
    let memberOpen: Bool
    let memberName: String
    let memberPhone: String
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let history: [Entry]

    init(
        _ unit: JointUnit, members: [(member: UnitMember, name: String)], history: [UnitEvent], figures: UnitFigures,
        _ wording: Wording, _ faults: [Fault], in section: String
    ) {
        let call = wording.call
        let shown = ShownFaults(faults, call)
        let path = "\(UnitRoutes.path)/\(unit.id)"
        self.path = path
        name = unit.name(in: call.language)
        self.figures = figures.words(call)
        tasksHref = "\(JointRoutes.tasks)?unit=\(unit.id)"
        self.members = members.map {
            Member(name: $0.name, from: $0.member.term.from.description, endPath: "\(path)/members/\($0.member.id)/ending")
        }
        value = UnitForm(unit, call, isSent: section == "edit")
        (editOpen, memberOpen) = (section == "edit", section == "member" || members.isEmpty)
        (memberName, memberPhone) = section == "member" ? (call.sent("name"), call.sent("phone")) : ("", "")
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        self.history = history.map { event in
            Entry(
                when: wording.short(event.at), iso: event.at.rfc3339,
                title: call.text("joint.unit-event.\(event.act.rawValue)", ["name": event.detail]), who: event.actor.name,
                post: call.posts(event.actor.post))
        }
    }
}
