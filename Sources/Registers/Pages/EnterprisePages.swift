import Directory
import Exports
import Foundation
import Kernel
import Web

/// Enterprises and small shops, by name.
struct EnterprisesPage: Page {
    static let template = "registers-enterprises"

    struct Line: Sendable {
        let href: String
        let name: String
        let kind: String
        let trade: String
        let address: String
        let grid: String
        let visited: String
    }

    let tabs: [RegisterTab]
    let newHref: String?
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let text: String
    let filtered: Bool
    let counts: [BadgePart]
    let enterprises: [Line]
    let next: String?
    let export: String

    init(
        _ call: Call, _ principal: Principal, _ found: ReadEnterprises.Found, grid: String, filter: EnterpriseFilter
    ) {
        let tree = found.tree
        tabs = RegisterTab.tabs(call, at: RegistersPath.enterprises)
        newHref = principal.may(.editResident) ? "\(RegistersPath.enterprises)/new" : nil
        grids = call.grids(tree, in: principal.grants[.readResident] ?? .nothing, chosen: grid)
        kinds = call.choices(Enterprise.Kind.self, chosen: filter.kind?.rawValue, word: "registers.firm")
        text = filter.text
        filtered = !grid.isEmpty || filter.kind != nil || !filter.text.isEmpty
        self.counts = Enterprise.Kind.allCases.compactMap { kind in
            found.counts[kind].map {
                BadgePart(label: "\(call.text("registers.firm.\(kind.rawValue)")) \(call.count($0))", colour: "line")
            }
        }
        enterprises = found.firms.map { firm in
            Line(
                href: RegistersPath.enterprise(firm.id), name: firm.name, kind: call.text("registers.firm.\(firm.kind.rawValue)"),
                trade: call.text("registers.trade.\(firm.trade.rawValue)"), address: firm.address,
                grid: tree.fullName(of: firm.grid, in: call.language), visited: call.since(firm.visitedAt))
        }
        let fields = [("grid", grid), ("kind", filter.kind?.rawValue ?? ""), ("text", filter.text)]
        next = found.next.map { RegistersPath.enterprises + "?" + Form.query(fields + [("after", $0.description)]) }
        export = ExportsRoom.path("enterprises", fields)
    }
}

/// One enterprise: facts, visits, history.
struct EnterprisePage: Page {
    static let template = "registers-enterprise"

    let name: String
    let path: String
    let kind: String
    let trade: String
    let code: String?
    let noCodeReason: String?
    let address: String
    let grid: String
    let contact: String?
    let phone: String?
    let headcount: String?
    let since: String
    let closed: String?
    let visited: String
    let mayEdit: Bool
    let mayReveal: Bool
    let editHref: String
    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let open: [String: Bool]
    let reason: String
    let channels: [ChoicePart]
    let day: String
    let note: String
    let noteLimit: Int
    let visits: [HouseholdPage.VisitLine]
    let events: [EventLine]

    init(
        _ call: Call, _ principal: Principal, _ sight: EnterpriseSight, section: String? = nil, faults: [Fault] = []
    ) {
        let firm = sight.firm
        let shown = ShownFaults(
            faults.map { Fault("/\(section ?? "")-\($0.pointer.drop { $0 == "/" })", $0.code, $0.values) }, call)
        name = firm.name
        path = RegistersPath.enterprise(firm.id)
        kind = call.text("registers.firm.\(firm.kind.rawValue)")
        trade = call.text("registers.trade.\(firm.trade.rawValue)")
        code = firm.code?.description
        noCodeReason = firm.noCodeReason
        address = firm.address
        grid = sight.tree.fullName(of: firm.grid, in: call.language)
        contact = firm.contact
        phone = sight.maskedPhone
        headcount = firm.headcount.map(call.count)
        since = firm.term.from.description
        closed = firm.term.to?.description
        visited = call.since(firm.visitedAt)
        mayEdit = principal.grants[.editResident].map { sight.tree.isIn($0, firm.grid) } ?? false
        mayReveal = principal.may(.revealResident) && sight.maskedPhone != nil
        editHref = "\(path)/edit"
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        open = section.map { [$0: true] } ?? [:]
        reason = section == "reveal" ? call.sent("reason") : ""
        channels = call.choices(
            HomeVisit.Channel.self, chosen: section == "visit" ? call.form["channel"] : "door", word: "registers.channel")
        day = section == nil ? call.now.day().description : call.sent("day")
        note = section == "visit" ? call.sent("note") : ""
        noteLimit = RecordVisit.noteLimit
        visits = sight.visits.map { visit in
            HouseholdPage.VisitLine(
                when: visit.at.stamp(), channel: call.text("registers.channel.\(visit.channel.rawValue)"),
                by: [visit.byName, call.posts(visit.byPost)].joined(separator: " · "), note: visit.note)
        }
        events = call.lines(sight.history)
    }
}

/// The form of an enterprise.
struct EnterpriseForm: Page {
    static let template = "registers-enterprise-edit"

    let fresh: Bool
    let action: String
    let back: String
    let request: String
    let seen: String
    let conflict: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let trades: [ChoicePart]
    let name: String
    let code: String
    let reason: String
    let address: String
    let contact: String
    let phone: String
    let maskedPhone: String?
    let headcount: String
    let closed: String

    init(
        _ call: Call, tree: GridTree, scope: Scope, firm: Enterprise?, maskedPhone: String?, faults: [Fault],
        isStale: Bool = false
    ) {
        let shown = ShownFaults(faults, call)
        fresh = firm == nil
        action = firm.map { "\(RegistersPath.enterprise($0.id))/edit" } ?? "\(RegistersPath.enterprises)/new"
        back = firm.map { RegistersPath.enterprise($0.id) } ?? RegistersPath.enterprises
        request = isStale ? call.newRequest : call.freshRequest
        seen = isStale ? String(firm?.version ?? 0) : call.sent("seen", else: firm.map { String($0.version) })
        conflict = isStale
        self.faults = shown.lines
        fault = shown.byField
        grids = call.grids(tree, in: scope, chosen: call.sent("grid", else: firm?.grid.description ?? call.query["grid"]))
        kinds = call.choices(
            Enterprise.Kind.self, chosen: call.sent("kind", else: firm?.kind.rawValue ?? "firm"), word: "registers.firm")
        trades = call.choices(
            Enterprise.Trade.self, chosen: call.sent("trade", else: firm?.trade.rawValue ?? "other"), word: "registers.trade")
        name = call.sent("name", else: firm?.name)
        code = call.sent("code", else: firm?.code?.description)
        reason = call.sent("reason", else: firm?.noCodeReason)
        address = call.sent("address", else: firm?.address)
        contact = call.sent("contact", else: firm?.contact)
        phone = call.sent("phone")
        self.maskedPhone = maskedPhone
        headcount = call.sent("headcount", else: firm?.headcount.map { String($0) })
        closed = call.sent("closed", else: firm?.term.to?.description)
    }
}
