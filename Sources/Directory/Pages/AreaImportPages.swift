import Geometry
import Kernel
import Web

/// The files of boundaries so far, and the form that brings another.
struct AreaImportsPage: Page {
    static let template = "directory-area-imports"

    struct Line: Sendable {
        let href: String
        let file: String
        let who: String
        let when: String
        let iso: String
        let state: String
        let stateClass: String
        let figures: String
    }

    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let imports: [Line]

    init(_ call: Call, _ imports: [AreaImport], faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        request = call.freshRequest
        self.faults = shown.lines
        fault = shown.byField
        self.imports = imports.map { item in
            Line(
                href: DirectoryPath.areaImport(item.id), file: item.fileName, who: call.posts(item.post),
                when: item.createdAt.stamp(), iso: item.createdAt.rfc3339, state: call.label(item.state),
                stateClass: call.badge(item.state),
                figures: call.text("directory.areas.figures", ["count": call.count(item.grids)]))
        }
    }
}

/// One file of boundaries: on trial, with everything found and where; or what became of it.
struct AreaImportPage: Page {
    static let template = "directory-area-import"

    struct Finding: Sendable {
        let number: String
        let name: String
        let text: String
    }
    struct Line: Sendable {
        let label: String
        let grid: String
        let size: String
        let before: String
        let change: String
        let changeClass: String
    }
    struct Trial: Sendable {
        let summary: String
        let guess: String
        let against: String?
        let crs: [ChoicePart]
        let keys: [ChoicePart]
        let map: AreaSheet?
        let credit: String?
        let errors: [Finding]
        let warnings: [Finding]
        let more: String?
        let lines: [Line]
        let writable: String?
        let nothing: Bool
        let seen: Int
        let chosenCRS: String
        let chosenKey: String
        let request: String
    }

    let file: String
    let brought: String
    let state: String
    let stateClass: String
    let here: String
    let writing: String
    let undoing: String
    let discarding: String
    let faults: [ShownFaults.Line]
    let trial: Trial?
    let written: [LinkPart]
    let mayUndo: Bool

    private static let findingLimit = 200

    init(_ call: Call, _ view: ReadAreas.View, faults: [Fault]) {
        let item = view.item
        file = item.fileName
        brought = "\(call.posts(item.post)) · \(item.createdAt.stamp())"
        state = call.label(item.state)
        stateClass = call.badge(item.state)
        here = DirectoryPath.areaImport(item.id)
        (writing, undoing, discarding) = ("\(here)/writing", "\(here)/undoing", "\(here)/discarding")
        self.faults = ShownFaults(faults, call).lines
        trial = view.trial.map { Self.trial(call, $0, view) }
        written = view.written.compactMap { id in
            view.tree.grid(id).map { _ in
                LinkPart(href: DirectoryPath.card(id), name: view.tree.fullName(of: id, in: call.language))
            }
        }
        mayUndo = item.state == .written
    }

    private static func trial(_ call: Call, _ trial: AreaTrial, _ view: ReadAreas.View) -> Trial {
        let tree = view.tree
        let shown = Array(trial.findings.prefix(findingLimit))
        let findings = shown.enumerated().map { number, finding in
            (
                finding.isWarning,
                Finding(
                    number: String(number + 1),
                    name: finding.grid.map { tree.fullName(of: $0, in: call.language) } ?? finding.name,
                    text: call.text(finding.fault))
            )
        }
        let changed = Set(trial.changes.map(\.grid.id))
        let drawn = trial.lines.compactMap { line -> (grid: Grid, area: Area, label: String)? in
            guard let grid = line.grid, let area = line.area else { return nil }
            return (grid, area, grid.name(in: call.language))
        }
        let fresh = Set(drawn.map(\.grid.id))
        let near = Set(
            drawn.flatMap { one in
                [one.grid.parent].compactMap(\.self)
                    + (one.grid.parent.map { tree.children(of: $0).map(\.id) } ?? tree.roots.map(\.id))
            })
        let around = tree.all.filter { near.contains($0.id) && !fresh.contains($0.id) }.compactMap { grid in
            tree.areas[grid.id].map { (grid: grid, area: $0) }
        }
        let crs = call.query["crs"].flatMap(CRS.init(rawValue:))
        let isByHand = call.query["key"].map { trial.properties.contains($0) } ?? false
        return Trial(
            summary: call.text(
                "directory.areas.summary",
                ["count": call.count(trial.lines.count), "known": call.count(trial.lines.count { $0.grid != nil })]),
            guess: call.text(
                "directory.areas.guess.\(trial.guess.reason.rawValue)",
                ["crs": call.text("directory.crs.\(trial.guess.crs.rawValue)"), "figure": words(trial.guess, call)]),
            against: trial.guess.against.map {
                call.text("directory.areas.against", ["crs": call.text("directory.crs.\($0.rawValue)")])
            },
            crs: [ChoicePart(value: "", label: call.text("directory.areas.crs-auto"), chosen: crs == nil)]
                + CRS.allCases.map {
                    ChoicePart(value: $0.rawValue, label: call.text("directory.crs.\($0.rawValue)"), chosen: $0 == crs)
                },
            keys: [ChoicePart(value: "", label: keyWords(trial, call), chosen: !isByHand)]
                + trial.properties.map { ChoicePart(value: $0, label: $0, chosen: isByHand && $0 == trial.key?.property) },
            map: AreaSheet(drawn, around: around, findings: shown, under: call), credit: call.mapCredit,
            errors: findings.filter { !$0.0 }.map(\.1),
            warnings: findings.filter(\.0).map(\.1),
            more: trial.findings.count > shown.count
                ? call.text("directory.areas.more", ["count": call.count(trial.findings.count - shown.count)]) : nil,
            lines: trial.lines.map { Self.line($0, changed, tree, call) },
            writable: trial.isWritable
                ? call.text("directory.areas.write", ["count": call.count(trial.changes.count)]) : nil,
            nothing: trial.changes.isEmpty && trial.findings.allSatisfy(\.isWarning), seen: view.seen.changes,
            chosenCRS: trial.crs.rawValue, chosenKey: isByHand ? trial.key?.property ?? "" : "", request: call.newRequest)
    }

    private static func line(_ line: AreaTrial.Line, _ changed: Set<ID<GridNode>>, _ tree: GridTree, _ call: Call) -> Line {
        let old = line.grid.flatMap { tree.areas[$0.id] }
        let isChanged = line.isSound && line.grid.map { changed.contains($0.id) } ?? false
        let change = !line.isSound ? "refused" : !isChanged ? "same" : old == nil ? "new" : "other"
        return Line(
            label: line.label, grid: line.grid.map { tree.fullName(of: $0.id, in: call.language) } ?? "—",
            size: line.area.map { call.size(of: $0) } ?? "—", before: old.map { call.size(of: $0) } ?? "—",
            change: call.text("directory.areas.change.\(change)"),
            changeClass: ["refused": "red", "same": "line", "new": "green", "other": "amber"][change, default: "line"])
    }

    private static func keyWords(_ trial: AreaTrial, _ call: Call) -> String {
        trial.key.map { call.text("directory.areas.key-auto", ["name": $0.property]) } ?? call.text("directory.areas.key-none")
    }

    private static func words(_ guess: DatumRules.Guess, _ call: Call) -> String {
        guess.reason == .parents ? "\(guess.figure / 10) %" : call.count(guess.figure)
    }
}

extension Call {
    func label(_ state: AreaImport.State) -> String { text("directory.areas.state.\(state.rawValue)") }

    func badge(_ state: AreaImport.State) -> String {
        switch state {
        case .draft: "amber"
        case .written: "green"
        case .discarded, .undone: "line"
        }
    }
}
