import Directory
import Kernel
import Web

/// Where the text of a group is pasted. 群聊收集
struct ChatPage: Page {
    static let template = "matters-chat"
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    /// Empty when there is no choice.
    let places: [ChoicePart]
    let hasPlace: Bool
    let text: String
    let hint: String

    init(_ call: Call, places: [Grid], faults: [Fault]) {
        let shown = ShownFaults(faults, call)
        self.faults = shown.lines
        fault = shown.byField
        self.places =
            places.count < 2
            ? []
            : places.map { ChoicePart(value: $0.code, label: $0.name(in: call.language), chosen: $0.code == call.form["place"]) }
        hasPlace = !places.isEmpty
        text = call.form["text"] ?? ""
        hint = call.text("matters.chat.hint", ["limit": call.count(ChatRules.lineLimit)])
    }
}

/// The drafts that were found in it, to look at and confirm.
struct ChatDraftsPage: Page {
    static let template = "matters-chat-drafts"

    struct Draft: Sendable {
        let number: String
        let heading: String
        let request: String
        let isPicked: Bool
        let faults: [String]
        let fault: [String: String]
        let groups: [GroupPart]
        let grids: [ChoicePart]
        let spot: String
        let words: String
        let who: String
        let questions: [QuestionPart]
        let emergency: String?
        let isRestricted: Bool
        /// What may be the same, besides taking it in as a matter of its own.
        let near: [ChoicePart]
    }

    let place: String
    let count: String
    let found: String
    let taken: String?
    let drafts: [Draft]

    /// - Parameter near: of each draft, what may be the same.
    init(_ wording: Wording, place: Grid, drafts: [ChatEntry], near: [[NearMatter]], taken: Int) {
        let call = wording.call
        self.place = place.code
        count = String(drafts.count)
        found = call.text("matters.chat.found", ["count": call.count(drafts.count)])
        self.taken = taken > 0 ? call.text("matters.chat.taken", ["count": call.count(taken)]) : nil
        let grids = [place] + wording.tree.descendants(of: place.id)
        let offered = wording.taxonomy.offered(in: wording.tree.village(of: place.id)?.id)
        self.drafts = zip(drafts, near).enumerated().map { Self.draft($0, $1.0, $1.1, wording, grids, offered) }
    }

    private static func draft(
        _ index: Int, _ entry: ChatEntry, _ near: [NearMatter], _ wording: Wording, _ grids: [Grid], _ offered: [Category]
    ) -> Draft {
        let (call, category) = (wording.call, wording.taxonomy[entry.category])
        let byField = Dictionary(entry.faults.map { (ReportForm.field($0), call.text($0)) }) { first, _ in first }
        return Draft(
            number: String(index), heading: call.text("matters.chat.draft", ["number": call.count(index + 1)]),
            request: entry.request, isPicked: entry.isPicked,
            faults: entry.faults.map { "\(ReportForm.label(ReportForm.field($0), call)): \(call.text($0))" }, fault: byField,
            groups: wording.taxonomy.groups.map { group in
                GroupPart(
                    code: group.code, label: wording.name(of: group), chosen: false,
                    categories: offered.filter { $0.group == group.code }
                        .map { .init(code: $0.code, label: wording.name(of: $0), chosen: $0.code == entry.category) })
            },
            grids: grids.map { ChoicePart(value: $0.code, label: wording.grid($0.id), chosen: $0.code == entry.grid) },
            spot: entry.spot, words: entry.words, who: entry.who,
            questions: (category?.questions ?? []).map {
                QuestionPart(
                    $0, in: "answer-\(index)-", answer: entry.answers[$0.id] ?? "", fault: byField["answer-\($0.id)"],
                    call.language)
            },
            emergency: call.language == .zh ? category?.emergencyZh : category?.emergencyEn,
            isRestricted: category?.isRestricted ?? false,
            near: near.map { NearPart($0, wording) }.map { part in
                let words = [part.state, part.place, part.when, part.words].compactMap { $0 }.joined(separator: " · ")
                return ChoicePart(value: part.id, label: words, chosen: part.id == entry.join?.description)
            })
    }
}
