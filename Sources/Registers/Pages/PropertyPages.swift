import Directory
import Exports
import Foundation
import Kernel
import Web

/// Properties, by address.
struct PropertiesPage: Page {
    static let template = "registers-properties"

    struct Line: Sendable {
        let href: String
        let address: String
        let kind: String
        let use: String
        let owner: String
        let grid: String
    }

    let tabs: [RegisterTab]
    let newHref: String?
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let uses: [ChoicePart]
    let text: String
    let filtered: Bool
    let counts: [BadgePart]
    let properties: [Line]
    let next: String?
    let export: String

    init(_ call: Call, _ principal: Principal, _ found: ReadProperties.Found, grid: String, filter: PropertyFilter) {
        let tree = found.tree
        tabs = RegisterTab.tabs(call, at: RegistersPath.properties)
        newHref = principal.may(.editResident) ? "\(RegistersPath.properties)/new" : nil
        grids = call.grids(tree, in: principal.grants[.readResident] ?? .nothing, chosen: grid)
        kinds = call.choices(Property.Kind.self, chosen: filter.kind?.rawValue, word: "registers.property.kind")
        uses = call.choices(Property.Use.self, chosen: filter.use?.rawValue, word: "registers.property.use")
        text = filter.text
        filtered = !grid.isEmpty || filter != PropertyFilter()
        counts = Property.Use.allCases.compactMap { use in
            found.counts[use].map { BadgePart(label: "\(call.label(use)) \(call.count($0))", colour: "line") }
        }
        properties = found.properties.map { property in
            Line(
                href: RegistersPath.property(property.id), address: property.address.words, kind: call.label(property.kind),
                use: call.use(of: property), owner: property.owner?.name ?? "",
                grid: tree.fullName(of: property.grid, in: call.language))
        }
        let fields = [
            ("grid", grid), ("kind", filter.kind?.rawValue ?? ""), ("use", filter.use?.rawValue ?? ""), ("text", filter.text),
        ]
        next = found.next.map { RegistersPath.properties + "?" + Form.query(fields + [("after", $0.description)]) }
        export = ExportsRoom.path("properties", fields)
    }
}

/// One property: what it is, whose, who lives there, its history.
struct PropertyPage: Page {
    static let template = "registers-property"

    let address: String
    let path: String
    let kind: String
    let use: String
    let grid: String
    let owner: String?
    let ownerKind: String
    let ownerHref: String?
    let phone: String?
    let since: String
    let gone: String?
    let mayEdit: Bool
    let mayReveal: Bool
    let editHref: String
    let request: String
    let seen: String
    let conflict: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let open: [String: Bool]
    let reason: String
    let households: [LinkPart]
    let choices: [ChoicePart]
    let events: [EventLine]

    init(
        _ call: Call, _ principal: Principal, _ sight: PropertySight, section: String? = nil, faults: [Fault] = [],
        isStale: Bool = false
    ) {
        let property = sight.property
        let shown = ShownFaults(
            faults.map { Fault("/\(section ?? "")-\($0.pointer.drop { $0 == "/" })", $0.code, $0.values) }, call)
        address = property.address.words
        path = RegistersPath.property(property.id)
        kind = call.label(property.kind)
        use = call.use(of: property)
        grid = sight.tree.fullName(of: property.grid, in: call.language)
        owner = property.owner?.name
        ownerKind = property.owner.map { call.text("registers.property.owner.\($0.kind.rawValue)") } ?? ""
        ownerHref = sight.seesOwner ? property.owner.flatMap(RegistersPath.owner) : nil
        phone = sight.maskedPhone
        since = property.term.from.description
        gone = property.term.to?.description
        mayEdit = principal.grants[.editResident].map { sight.tree.isIn($0, property.grid) } ?? false
        mayReveal = principal.may(.revealResident) && sight.maskedPhone != nil
        editHref = "\(path)/edit"
        request = isStale ? call.newRequest : call.freshRequest
        seen = String(property.version)
        conflict = isStale
        self.faults = shown.lines
        fault = shown.byField
        open = section.map { [$0: true] } ?? [:]
        reason = section == "reveal" ? call.sent("reason") : ""
        households = sight.households.map { LinkPart(href: RegistersPath.household($0.id), name: $0.address) }
        let ticked = section == "settle" ? Set(call.form.all("household")) : Set(sight.households.map(\.id.description))
        choices = (sight.households + sight.behind).map {
            ChoicePart(value: $0.id.description, label: $0.address, chosen: ticked.contains($0.id.description))
        }
        events = call.lines(sight.history)
    }
}

/// The form of a property.
struct PropertyForm: Page {
    static let template = "registers-property-edit"

    let fresh: Bool
    let action: String
    let back: String
    let request: String
    let seen: String
    let conflict: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let address: String
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let uses: [ChoicePart]
    let rooms: String
    let ownerKinds: [ChoicePart]
    let owner: String
    let phone: String
    let maskedPhone: String?
    let gone: String

    init(
        _ call: Call, tree: GridTree, scope: Scope, sight: PropertySight?, faults: [Fault], isStale: Bool = false
    ) {
        let (shown, property) = (ShownFaults(faults, call), sight?.property)
        fresh = property == nil
        action = property.map { "\(RegistersPath.property($0.id))/edit" } ?? "\(RegistersPath.properties)/new"
        back = property.map { RegistersPath.property($0.id) } ?? RegistersPath.properties
        request = isStale ? call.newRequest : call.freshRequest
        seen = isStale ? String(property?.version ?? 0) : call.sent("seen", else: property.map { String($0.version) })
        conflict = isStale
        self.faults = shown.lines
        fault = shown.byField
        address = call.sent("address", else: property?.address.words)
        grids = call.grids(tree, in: scope, chosen: call.sent("grid", else: property?.grid.description ?? call.query["grid"]))
        kinds = call.choices(
            Property.Kind.self, chosen: call.sent("kind", else: property?.kind.rawValue ?? "house"),
            word: "registers.property.kind")
        uses = call.choices(
            Property.Use.self, chosen: call.sent("use", else: property?.use.rawValue ?? "selfLived"),
            word: "registers.property.use")
        rooms = call.sent("rooms", else: property?.roomsLet.map { String($0) })
        ownerKinds = call.choices(
            Property.Owner.Kind.self, chosen: call.sent("ownerKind", else: property?.owner?.kind.rawValue),
            word: "registers.property.owner")
        owner = call.sent("owner", else: property?.owner?.name)
        phone = call.sent("phone")
        maskedPhone = sight?.maskedPhone
        gone = call.sent("gone", else: property?.term.to?.description)
    }
}

extension Call {
    func label(_ kind: Property.Kind) -> String { text("registers.property.kind.\(kind.rawValue)") }
    func label(_ use: Property.Use) -> String { text("registers.property.use.\(use.rawValue)") }

    /// What it is used for, with how many rooms are let.
    fileprivate func use(of property: Property) -> String {
        guard let rooms = property.roomsLet else { return label(property.use) }
        return text("registers.property.use-rooms", ["use": label(property.use), "rooms": count(rooms)])
    }
}

extension RegistersPath {
    static let properties = "/office/properties"
    static func property(_ id: ID<Property>) -> String { "\(properties)/\(id)" }

    /// The owner's own record.
    static func owner(_ owner: Property.Owner) -> String? {
        guard let record = owner.record else { return nil }
        return switch owner.kind {
        case .person: person(ID(record.uuid))
        case .enterprise: enterprise(ID(record.uuid))
        case .organisation: organisation(ID(record.uuid))
        }
    }
}
