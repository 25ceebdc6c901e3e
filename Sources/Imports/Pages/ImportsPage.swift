import Directory
import Kernel
import Spreadsheets
import Web

/// The imports so far, and the form that brings a file.
struct ImportsPage: Page {
    static let template = "imports-list"

    struct Blank: Sendable {
        let href: String
        let label: String
    }
    struct Line: Sendable {
        let href: String
        let file: String
        let kind: String
        let place: String
        let state: String
        let stateClass: String
        let figures: String
        let who: String
        let when: String
        let iso: String
    }

    let request: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let kinds: [ChoicePart]
    let places: [ChoicePart]
    let blanks: [Blank]
    let imports: [Line]
    let older: String?

    init(_ call: Call, kinds: [any ImportKind], tree: GridTree, scope: Scope, imports: [Import], older: String?, faults: [Fault])
    {
        let shown = ShownFaults(faults, call)
        request =
            faults.isEmpty
            ? call.newRequest
            : call.form["request"] ?? call.newRequest
        self.faults = shown.lines
        fault = shown.byField
        self.kinds = kinds.map { ChoicePart(value: $0.name, label: call.kind($0.name), chosen: $0.name == call.form["kind"]) }
        let villages = tree.all(in: scope).filter { $0.level == .one }.map {
            ChoicePart(
                value: $0.id.description, label: $0.name(in: call.language), chosen: $0.id.description == call.form["place"])
        }
        let whole =
            scope == .town
            ? [ChoicePart(value: "town", label: call.text("imports.whole-town"), chosen: call.form["place"] == "town")] : []
        places = whole + villages
        blanks = kinds.map { Blank(href: ImportPath.blank($0.name), label: call.kind($0.name)) }
        self.imports = imports.map { item in
            Line(
                href: ImportPath.show(item.id), file: item.fileName, kind: call.kind(item.kind),
                place: item.place.map { tree.fullName(of: $0, in: call.language) } ?? call.text("imports.whole-town"),
                state: call.text("imports.state.\(item.state.rawValue)"), stateClass: call.badge(item.state),
                figures: call.figures(item),
                who: item.name, when: item.createdAt.stamp(), iso: item.createdAt.rfc3339)
        }
        self.older = older
    }
}

extension Call {
    func kind(_ name: String) -> String { text("imports.kind.\(name)") }

    func field(_ name: String, of kind: String) -> String { text("imports.field.\(kind).\(name)") }

    func badge(_ state: Import.State) -> String {
        switch state {
        case .finished: "green"
        case .failed: "red"
        case .checked: "amber"
        default: "line"
        }
    }

    /// What is known of an import's rows, in words.
    func figures(_ item: Import) -> String {
        let counts = item.counts
        let values = [
            "rows": String(counts.rows), "sound": String(counts.sound), "faulty": String(counts.faulty),
            "written": String(counts.written),
            "kept": String(counts.kept),
        ]
        switch item.state {
        case .checked: return text(counts.faulty == 0 ? "imports.figures.sound" : "imports.figures.faulty", values)
        case .finished: return text(counts.faulty == 0 ? "imports.figures.written" : "imports.figures.written-part", values)
        case .undone: return text(counts.kept == 0 ? "imports.figures.undone" : "imports.figures.undone-part", values)
        default: return ""
        }
    }

    /// A fault of a file's row in words, with its column's name where there is one.
    func reason(_ fault: RowFault) -> String {
        site.catalogue.raw("web.fault.\(fault.code)", in: language) == nil
            ? text("web.fault.row-refused") : text(Fault("", fault.code, fault.values))
    }

    /// Why an import failed: a fault's code and, behind a blank, its place.
    func problem(_ stored: String) -> String {
        let parts = stored.split(separator: " ", maxSplits: 1)
        return text(Fault("", String(parts.first ?? ""), ["place": parts.count > 1 ? String(parts[1]) : ""]))
    }
}
