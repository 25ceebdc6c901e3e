import Directory
import Exports
import Kernel
import Web

/// The households of one's grids, those nobody visited for longest first.
struct HouseholdsPage: Page {
    static let template = "registers-households"

    struct Line: Sendable {
        let href: String
        let address: String
        let grid: String
        let members: String
        let marks: [BadgePart]
        let visited: String
        let due: Bool
    }

    let tabs: [RegisterTab]
    let newHref: String?
    let grids: [ChoicePart]
    let address: String
    let filtered: Bool
    let households: [Line]
    let next: String?
    let exportHouseholds: String
    let exportPeople: String

    init(
        _ call: Call, _ principal: Principal, tree: GridTree, grid: String, address: String, lines: [HouseholdLine],
        next: VisitCursor?
    ) {
        tabs = RegisterTab.tabs(call, at: RegistersPath.households)
        newHref = principal.may(.editResident) ? "\(RegistersPath.households)/new" : nil
        grids = call.grids(tree, in: principal.grants[.readResident] ?? .nothing, chosen: grid)
        self.address = address
        filtered = !grid.isEmpty || !address.isEmpty
        households = lines.map { line in
            Line(
                href: RegistersPath.household(line.household.id), address: line.household.address.words,
                grid: tree.fullName(of: line.household.grid, in: call.language),
                members: call.text(
                    "registers.households.members",
                    ["count": String(line.members.count), "names": line.members.prefix(4).map(\.name).joined(separator: "、")]),
                marks: Self.kinds(of: line.marks).map { BadgePart(label: call.label($0), colour: "brick") },
                visited: call.since(line.household.visitedAt),
                due: !line.marks.isEmpty && CareRules.isDue(lastVisit: line.household.visitedAt?.day(), on: call.now.day()))
        }
        let fields = [("grid", grid), ("address", address)]
        self.next = next.map { RegistersPath.households + "?" + Form.query(fields + [("after", $0.description)]) }
        exportHouseholds = ExportsRoom.path("households", fields)
        exportPeople = ExportsRoom.path("people", fields)
    }

    private static func kinds(of marks: [CareMark]) -> [CareMark.Kind] {
        let found = Set(marks.map(\.kind))
        return CareMark.Kind.allCases.filter(found.contains)
    }
}
