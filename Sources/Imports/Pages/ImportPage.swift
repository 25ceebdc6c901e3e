import Directory
import Kernel
import Spreadsheets
import Web

/// One import: what has to be done next, by its state.
struct ImportPage: Page {
    static let template = "imports-show"

    struct Column: Sendable {
        let number: Int
        let name: String
        let samples: String
        let options: [ChoicePart]
    }
    /// The columns of the file and what they are taken for.
    struct Matching: Sendable {
        let action: String
        let sheets: [ChoicePart]
        let several: Bool
        let columns: [Column]
        let needed: String
        let remembered: Bool
    }
    struct Progress: Sendable {
        let words: String
        let thousandths: Int
        let source: String
        let state: String
    }
    struct Decision: Sendable {
        let action: String
        let all: String?
        let valid: String?
        let nothing: Bool
        /// That every sound row is registered already.
        let idle: Bool
    }
    struct FaultLine: Sendable {
        let cell: String
        let column: String
        let reason: String
    }
    struct Faults: Sendable {
        let title: String
        let lines: [FaultLine]
        let more: String?
        let corrected: String
        let faultyOnly: String
    }
    /// What the sound rows come to, and those to be looked at.
    struct Fates: Sendable {
        struct Line: Sendable {
            let words: String
            let count: String
        }
        struct Note: Sendable {
            let row: String
            let words: String
        }
        let counts: [Line]
        let notes: [Note]
        let more: String?
        /// Where records that look alike are joined, should there be some.
        let alike: String?
        let corrected: String
    }
    struct Ending: Sendable {
        let action: String
    }

    let file: String
    let kind: String
    let place: String
    let brought: String
    let state: String
    let stateClass: String
    let figures: String
    let problem: String?
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let matching: Matching?
    let progress: Progress?
    let decision: Decision?
    let wrong: Faults?
    let fates: Fates?
    let undo: Ending?
    let discard: Ending?

    init(_ view: ImportView, _ call: Call, tree: GridTree, faults: [Fault]) {
        let item = view.item
        file = item.fileName
        kind = call.kind(item.kind)
        place = item.place.map { tree.fullName(of: $0, in: call.language) } ?? call.text("imports.whole-town")
        brought = call.text("imports.brought", ["name": item.name, "when": item.createdAt.stamp()])
        state = call.text("imports.state.\(item.state.rawValue)")
        stateClass = call.badge(item.state)
        figures = call.figures(item)
        problem = item.problem.map(call.problem)
        let shown = ShownFaults(faults.map { call.naming($0, of: item.kind) }, call)
        self.faults = shown.lines
        fault = shown.byField
        let isOpen = [.uploaded, .checked, .failed].contains(item.state)
        matching = isOpen ? Matching(view, call) : nil
        progress = item.state.isWork ? Progress(view, call) : nil
        decision = item.state == .checked ? Decision(item, call) : nil
        wrong = view.faults.isEmpty ? nil : Faults(view, call)
        fates = item.counts.fates.isEmpty ? nil : Fates(view, call)
        undo = item.state == .finished && item.counts.written > 0 ? Ending(action: ImportPath.undoing(item.id)) : nil
        discard = isOpen ? Ending(action: ImportPath.discarding(item.id)) : nil
    }
}

/// Everything a page or a program may learn of an import.
struct ImportView: Sendable {
    let item: Import
    let fields: [ImportField]
    let survey: Survey
    let mapping: ColumnMapping
    /// Whether the mapping is what the place chose before.
    let isRemembered: Bool
    let faults: [RowFault]
    /// Rows that come to something else than a new record.
    let notes: [RowNote]
    let thousandths: Int?
}

extension ImportPage.Matching {
    init(_ view: ImportView, _ call: Call) {
        action = ImportPath.mapping(view.item.id)
        let headed = view.survey.sheets.filter { $0.header != nil }
        sheets = headed.map { sheet in
            let rows = sheet.rows.map { call.text("imports.rows", ["rows": String($0)]) } ?? call.text("imports.rows-many")
            return .init(
                value: String(sheet.index), label: sheet.name.isEmpty ? rows : "\(sheet.name) · \(rows)",
                chosen: view.mapping.sheets.contains(sheet.index))
        }
        several = headed.count > 1
        let chosen = headed.filter { view.mapping.sheets.contains($0.index) }
        var (columns, seen) = ([ImportPage.Column](), Set<String>())
        for sheet in chosen.isEmpty ? headed : chosen {
            for (index, name) in (sheet.header?.names ?? []).enumerated() where !name.isEmpty && seen.insert(name).inserted {
                // Enough to tell what the column holds; whose number it is, nobody has to see for that.
                let samples = sheet.samples.compactMap { index < $0.count && !$0[index].isEmpty ? $0[index] : nil }.map(
                    PlainCharacters.withoutNumbers)
                let field = view.mapping.fields[name]
                columns.append(
                    .init(
                        number: columns.count, name: name, samples: samples.prefix(2).joined(separator: " / "),
                        options: view.fields.map {
                            .init(value: $0.name, label: call.field($0.name, of: view.item.kind), chosen: $0.name == field)
                        }))
            }
        }
        self.columns = columns
        needed = view.fields.filter(\.isRequired).map { call.field($0.name, of: view.item.kind) }.joined(
            separator: call.language == .zh ? "、" : ", ")
        remembered = view.isRemembered
    }
}

extension ImportPage.Progress {
    init(_ view: ImportView, _ call: Call) {
        let state = view.item.state.rawValue
        words = call.text(view.thousandths == nil ? "imports.progress.waiting" : "imports.progress.\(state)")
        thousandths = view.thousandths ?? 0
        source = ImportPath.document(view.item.id)
        self.state = state
    }
}

extension ImportPage.Decision {
    init(_ item: Import, _ call: Call) {
        action = ImportPath.decision(item.id)
        let sound = ["count": String(item.counts.sound), "faulty": String(item.counts.faulty)]
        all = item.counts.faulty == 0 && item.counts.sound > 0 ? call.text("imports.decide.all", sound) : nil
        valid = item.counts.faulty > 0 && item.counts.sound > 0 ? call.text("imports.decide.valid", sound) : nil
        nothing = item.counts.sound == 0
        idle = !nothing && item.counts.fates[.unchanged] == item.counts.sound
    }
}

extension ImportPage.Fates {
    /// Lines of the page; the download has all.
    private static let shown = 100

    init(_ view: ImportView, _ call: Call) {
        counts = RowFate.allCases.compactMap { fate in
            view.item.counts.fates[fate].map { Line(words: call.text("imports.fate.\(fate.rawValue)"), count: call.count($0)) }
        }
        let names = Dictionary(view.survey.sheets.map { ($0.index, $0.name) }) { first, _ in first }
        let isSeveral = view.mapping.sheets.count > 1
        notes = view.notes.prefix(Self.shown).map { note in
            let row = call.text("imports.row", ["row": String(note.row)])
            return Note(
                row: isSeveral ? "\(names[note.sheet] ?? "") \(row)" : row, words: call.text("imports.fate.\(note.fate.rawValue)")
            )
        }
        more =
            view.notes.count > Self.shown ? call.text("imports.fates.more", ["count": String(Self.shown)]) : nil
        alike = view.item.counts.fates[.alike] == nil ? nil : call.text("imports.fates.alike")
        corrected = ImportPath.corrected(view.item.id)
    }
}

extension ImportPage.Faults {
    init(_ view: ImportView, _ call: Call) {
        title = call.text("imports.faults.title", ["count": String(view.item.counts.faulty)])
        let names = Dictionary(view.survey.sheets.map { ($0.index, $0) }) { first, _ in first }
        let isSeveral = view.mapping.sheets.count > 1
        lines = view.faults.prefix(200).map { fault in
            let sheet = names[fault.sheet]
            let cell =
                fault.column.map { CellAddress(column: $0, row: fault.row).description }
                ?? call.text("imports.row", ["row": String(fault.row)])
            let header = fault.column.flatMap { column in
                sheet?.header.flatMap { column < $0.names.count ? $0.names[column] : nil }
            }
            return ImportPage.FaultLine(
                cell: isSeveral ? "\(sheet?.name ?? "") \(cell)" : cell, column: header ?? "", reason: call.reason(fault))
        }
        more = view.faults.count > 200 ? call.text("imports.faults.more", ["count": "200"]) : nil
        corrected = ImportPath.corrected(view.item.id)
        faultyOnly = ImportPath.corrected(view.item.id) + "?rows=faulty"
    }
}

extension Call {
    /// A fault of the matching form, with the field's name as the page has it.
    func naming(_ fault: Fault, of kind: String) -> Fault {
        let parts = fault.pointer.split(separator: "/")
        guard parts.count == 2, parts[0] == "fields" else { return fault }
        return Fault("/columns", fault.code, fault.values.merging(["field": field(String(parts[1]), of: kind)]) { old, _ in old })
    }
}
