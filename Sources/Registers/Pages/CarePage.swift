import Directory
import Exports
import Kernel
import Web

/// The key-care list.
struct CarePage: Page {
    static let template = "registers-care"

    struct Line: Sendable {
        let href: String
        let householdHref: String
        let name: String
        let age: String?
        let kinds: [BadgePart]
        let address: String
        let grid: String
        let visited: String
        let due: Bool
    }

    let tabs: [RegisterTab]
    let grids: [ChoicePart]
    let kinds: [ChoicePart]
    let onlyDue: Bool
    let filtered: Bool
    let count: String
    let people: [Line]
    let days: String
    let export: String
    /// That there are more than are shown.
    let cut: String?

    init(_ call: Call, tree: GridTree, scope: Scope, grid: String, kind: CareMark.Kind?, onlyDue: Bool, lines: [CareLine]) {
        tabs = RegisterTab.tabs(call, at: RegistersPath.care)
        grids = call.grids(tree, in: scope, chosen: grid)
        kinds = call.choices(CareMark.Kind.self, chosen: kind?.rawValue, word: "registers.care")
        self.onlyDue = onlyDue
        filtered = !grid.isEmpty || kind != nil || onlyDue
        count = call.count(lines.count)
        days = String(CareRules.dueAfterDays)
        export = ExportsRoom.path(
            "care", [("grid", grid), ("kind", kind?.rawValue ?? ""), ("due", onlyDue ? "1" : "")])
        let marks = lines.reduce(0) { $0 + $1.kinds.count }
        cut = marks < ReadCare.limit ? nil : call.text("registers.care.cut", ["count": String(ReadCare.limit)])
        people = lines.map { line in
            Line(
                href: RegistersPath.person(line.person.id), householdHref: RegistersPath.household(line.household.id),
                name: line.person.name, age: call.age(line.person),
                kinds: line.kinds.map { BadgePart(label: call.label($0), colour: "brick") },
                address: line.household.address.words,
                grid: tree.fullName(of: line.household.grid, in: call.language), visited: call.since(line.household.visitedAt),
                due: line.isDue)
        }
    }
}
