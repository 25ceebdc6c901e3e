import Directory
import Kernel
import Web

/// Phrases by step. 常用语
struct PhrasesPage: Page {
    static let template = "matters-phrase-list"
    struct Line: Sendable {
        let title: String
        let words: String
        let place: String?
        let isOff: Bool
        let edit: String?
    }
    struct Group: Sendable {
        let name: String
        let isForReporter: Bool
        let lines: [Line]
    }
    let groups: [Group]
    let add: String

    init(_ phrases: [Phrase], _ scope: Scope, _ wording: Wording) {
        let call = wording.call
        add = "\(PhraseRoutes.path)/edit"
        groups = Phrase.Step.allCases.map { step in
            let shown = phrases.filter { $0.step == step && $0.isShown(in: scope, wording.tree) }
            return Group(
                name: call.text("matters.phrase.step.\(step.rawValue)"), isForReporter: step.isForReporter,
                lines: shown.map { phrase in
                    let mayEdit = scope == .town || phrase.village != nil
                    return Line(
                        title: phrase.title, words: phrase.words, place: phrase.village.map(wording.grid), isOff: phrase.isOff,
                        edit: mayEdit ? "\(PhraseRoutes.path)/edit?code=\(phrase.code)" : nil)
                })
        }
    }
}

/// One phrase's form. 常用语
struct PhrasePage: Page {
    static let template = "matters-phrase-edit"
    struct Place: Sendable {
        let place: String
        let about: String
    }
    let request: String
    let code: String
    let edition: String
    let isNew: Bool
    let steps: [ChoicePart]
    let villages: [ChoicePart]
    let isTown: Bool
    let title: String
    let words: String
    let isOff: Bool
    let places: [Place]
    let editions: [String]
    let faults: [FaultPart]
    let fault: [String: String]
    let isStale: Bool

    init(
        _ known: Phrase?, _ kept: [EditionLine], _ scope: Scope, _ wording: Wording, faults: [Fault], isStale: Bool
    ) {
        let call = wording.call
        request = isStale ? call.newRequest : call.freshRequest
        code = known?.code ?? ""
        // Whoever saves again after having been told has seen the newest.
        edition = isStale ? String(known?.edition ?? 0) : call.sent("edition", else: String(known?.edition ?? 0))
        isNew = known == nil
        steps = Phrase.Step.allCases.map {
            ChoicePart(
                value: $0.rawValue, label: call.text("matters.phrase.step.\($0.rawValue)"),
                chosen: call.form["step"] == $0.rawValue || known?.step == $0)
        }
        isTown = scope == .town
        villages = wording.tree.all(in: scope).filter { $0.level == .one }.map {
            ChoicePart(value: $0.id.description, label: wording.grid($0.id), chosen: call.form["village"] == $0.id.description)
        }
        title = call.sent("title", else: known?.title)
        words = call.sent("words", else: known?.words)
        isOff = call.route.method == .get ? known?.isOff ?? false : call.form["off"] != nil
        places = PhraseRules.Place.allCases.map {
            Place(place: "{\($0.rawValue)}", about: call.text("matters.phrase.place.\($0)"))
        }
        editions = kept.reversed().map {
            call.text(
                "matters.phrase.edition",
                ["edition": String($0.edition), "when": wording.short($0.at), "who": "\($0.name) (\(call.posts($0.post)))"])
        }
        self.faults = faults.map { FaultPart(field: String($0.pointer.dropFirst()), text: call.text($0)) }
        fault = Dictionary(self.faults.map { ($0.field, $0.text) }) { first, _ in first }
        self.isStale = isStale
    }
}
