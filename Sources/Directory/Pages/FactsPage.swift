import Kernel
import Web

/// What was reported about a village in numbers, and its natural villages: two forms on one page.
struct FactsPage: Page {
    static let template = "directory-facts"

    /// Which of the two forms was sent.
    enum Part {
        case figure, natural
    }

    struct Figure: Sendable {
        let label: String
        let value: String
        let source: String
    }
    struct Natural: Sendable {
        let id: String
        let number: Int
        let nameField: String
        let englishField: String
        let nameZh: String
        let nameEn: String
        let fault: String?
    }

    let grid: String
    let gridHref: String
    let figuresAction: String
    let naturalAction: String
    let request: String
    let naturalRequest: String
    let seen: Int
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let naturalFaults: [ShownFaults.Line]
    let figures: [Figure]
    let keys: [ChoicePart]
    let value: String
    let words: String
    let source: String
    let asOf: String
    let naturals: [Natural]

    init(_ call: Call, card: GridCard, sent: Part?, faults: [Fault]) {
        let mine = ShownFaults(sent == .figure ? faults : [], call)
        let others = ShownFaults(sent == .natural ? faults : [], call)
        func request(_ part: Part) -> String {
            sent == part ? call.freshRequest : call.newRequest
        }
        grid = card.tree.fullName(of: card.grid.id, in: call.language)
        gridHref = DirectoryPath.card(card.grid.id)
        figuresAction = DirectoryPath.figures(card.grid.id)
        naturalAction = DirectoryPath.naturalVillages(card.grid.id)
        self.request = request(.figure)
        naturalRequest = request(.natural)
        seen = card.sightings["natural.edit", default: .nothing].changes
        self.faults = mine.lines
        fault = mine.byField
        naturalFaults = others.lines
        figures = card.figures.map { figure in
            Figure(
                label: call.text("directory.figure.\(figure.key.rawValue)"),
                value: figure.value.map { call.count($0) } ?? figure.reportedText,
                source: call.text(
                    "directory.figure.source",
                    ["words": figure.reportedText, "source": figure.source, "day": figure.asOf.description]))
        }
        let chosen = ReportedFigure.Key(rawValue: call.sent("key"))
        keys = ReportedFigure.Key.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.figure.\($0.rawValue)"), chosen: $0 == chosen)
        }
        value = call.sent("value")
        words = call.sent("words")
        source = call.sent("source")
        asOf = call.sent("asOf", else: card.tree.day.description)
        // A few empty lines for more; what was sent stands as it was sent.
        let lines =
            sent == .natural
            ? Self.sentLines(call).map { ($0.id, $0.nameZh, $0.nameEn) }
            : card.naturalVillages.map { ($0.id.description, $0.nameZh, $0.nameEn ?? "") }
        naturals = (lines + [("", "", ""), ("", "", "")]).enumerated().map { index, line in
            Natural(
                id: line.0, number: index + 1, nameField: "name-\(index)", englishField: "english-\(index)", nameZh: line.1,
                nameEn: line.2, fault: others.byField["name-\(index)"] ?? others.byField["english-\(index)"])
        }
    }

    /// The lines of the natural villages' form that say anything, in order.
    static func sentLines(_ call: Call) -> [(id: String, nameZh: String, nameEn: String)] {
        let ids = call.form.all("natural")
        return (0..<min(ids.count, 100)).compactMap { index in
            let line = (ids[index], (call.form["name-\(index)"] ?? "").trimmed, (call.form["english-\(index)"] ?? "").trimmed)
            return line.1.isEmpty && line.2.isEmpty ? nil : line
        }
    }
}
