import Kernel
import Web

/// What an address asks of the office's list of matters. Read and written here alone, so that the page, its spreadsheet, its print and a
/// saved filter mean the same.
struct InboxQuery: Hashable, Sendable {
    /// In whose hands a matter lies.
    enum Hands: String, Sendable, CaseIterable {
        /// The reader's own grids; of the town office, what the town holds.
        case mine
        /// A grid where nobody is in post any more.
        case nobody
    }

    var tab = StageTab.check
    var category: String?
    var tier: Tier?
    var grid: ID<GridNode>?
    /// Counts for open matters, as does the order by deadline.
    var due: MatterFilter.Due?
    var hands: Hands?
    var channel: Channel?
    /// The first and the last day of being reported.
    var from: Day?
    var to: Day?
    var text = ""
    var byDue = false

    static let textLimit = 100
    static let names = ["tab", "category", "tier", "grid", "due", "hands", "channel", "from", "to", "text", "order"]

    /// What is none of the choices is left out, so that an old or mistyped address still shows a list.
    /// - Throws: ``NotFound`` for a grid that is none.
    init(_ form: Form, tab start: StageTab = .check) throws(NotFound) {
        func filled(_ name: String) -> String? { form[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
        tab = filled("tab").flatMap { StageTab(rawValue: $0) } ?? start
        category = filled("category")
        tier = filled("tier").flatMap { Tier(rawValue: $0) }
        if let text = filled("grid") {
            guard let id = ID<GridNode>(text) else { throw NotFound() }
            grid = id
        }
        channel = filled("channel").flatMap { Channel(rawValue: $0) }
        from = filled("from").flatMap { Day($0) }
        to = filled("to").flatMap { Day($0) }
        text = String((filled("text") ?? "").prefix(Self.textLimit))
        guard tab != .closed else { return }
        due = filled("due").flatMap { MatterFilter.Due(rawValue: $0) }
        hands = filled("hands").flatMap { Hands(rawValue: $0) }
        byDue = form["order"] == "due"
    }

    /// As an address has it; only what is asked for.
    var fields: [(String, String)] {
        let all = [
            ("tab", tab.rawValue), ("category", category ?? ""), ("tier", tier?.rawValue ?? ""),
            ("grid", grid?.description ?? ""), ("due", due?.rawValue ?? ""), ("hands", hands?.rawValue ?? ""),
            ("channel", channel?.rawValue ?? ""), ("from", from?.description ?? ""), ("to", to?.description ?? ""),
            ("text", text), ("order", byDue ? "due" : ""),
        ]
        return all.filter { !$0.1.isEmpty }
    }

    var query: String { Form.query(fields) }

    /// - Parameter path: of the page that shows the list.
    func href(_ path: String = "/office/matters", after cursor: MatterCursor? = nil) -> String {
        "\(path)?" + Form.query(fields + (cursor.map { [("after", $0.description)] } ?? []))
    }

    /// Whether anything is asked for besides the tab.
    var isFiltered: Bool { fields.count > 1 }

    /// - Parameter hands: ``hands`` as the grids of today.
    func filter(hands: MatterFilter.Hands?) -> MatterFilter {
        var filter = MatterFilter(isOpen: tab != .closed, stage: tab.stage, category: category, text: text)
        filter.tier = tier
        filter.channel = channel
        filter.from = from?.start()
        filter.to = to?.adding(days: 1).start()
        filter.due = due
        filter.hands = hands
        filter.byDue = byDue
        return filter
    }
}
