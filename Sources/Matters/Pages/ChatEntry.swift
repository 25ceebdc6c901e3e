import Kernel
import Web

/// A draft in the form where it is looked at: guessed at first, then as it was sent.
struct ChatEntry {
    let request: String
    var isPicked: Bool
    let category: String
    /// The code of the grid.
    let grid: String
    let spot: String
    let words: String
    /// Names with `、` between.
    let who: String
    let answers: [String: String]
    /// The matter that is the same, when somebody chose one.
    let join: ID<Matter>?
    var faults: [Fault] = []

    /// A message that speaks of no category is not picked: it may be no need at all.
    init(draft: ChatDraft, request: String, grid: String) {
        self.request = request
        self.grid = grid
        isPicked = draft.category != nil
        category = draft.category ?? ""
        spot = draft.spot
        words = draft.words
        who = draft.senders.joined(separator: "、")
        answers = [:]
        join = nil
    }

    /// The `number`th of a form that was sent.
    init(_ form: Form, _ number: Int) {
        let field = { (name: String) in form["\(name)-\(number)"] ?? "" }
        request = field("request")
        isPicked = !field("pick").isEmpty
        category = field("category")
        grid = field("grid")
        spot = field("spot")
        words = field("words")
        who = field("who")
        join = ID(field("join"))
        let prefix = "answer-\(number)-"
        answers = Dictionary(
            form.fields.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.value) }
        ) { first, _ in first }
    }

    /// Nil when the form was tampered with.
    var report: MatterReport? {
        guard let id = ID<Matter>(request) else { return nil }
        let names = who.split { "、,，;；".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
        var place = MatterReport.Place()
        place.name(grid.trimmed)
        var report = MatterReport(
            id: id, category: category, words: words, place: place, spot: spot, name: names.first ?? "", channel: .groupChat)
        report.others = Array(names.dropFirst())
        report.answers = answers
        return report
    }
}
