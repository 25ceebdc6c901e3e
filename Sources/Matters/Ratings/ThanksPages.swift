import Kernel
import Web

/// What reporters of a village agreed to have quoted, for everybody 群众点赞.
struct ThanksPage: Page {
    static let template = "ratings-thanks"
    struct Line: Sendable {
        let words: String
        /// As they want to be called; nil for nobody.
        let name: String?
        let about: String
        let stars: String
    }
    let village: String
    let back: String
    let lines: [Line]
    let next: String?

    init(_ lines: [QuoteLine], of village: ID<GridNode>, next: ID<Rating>?, _ wording: Wording) {
        let call = wording.call
        self.village = wording.grid(village)
        back = "/places/\(village)"
        self.lines = lines.map { line in
            Line(
                words: PublicWords.masked(line.words),
                name: line.quote.name.isEmpty ? nil : PublicWords.masked(line.quote.name),
                about: "\(wording.category(line.category)) · \(wording.day(line.quote.at))",
                stars: call.text("ratings.given", ["stars": String(line.stars)]))
        }
        self.next = next.map { "/places/\(village)/thanks?after=\($0)" }
    }
}

/// Thanks as the office decides about them.
struct QuotesPage: Page {
    static let template = "ratings-office"
    struct Tab: Sendable {
        let label: String
        let href: String
        let current: Bool
    }
    struct Change: Sendable {
        let text: String
        let reason: String?
    }
    struct Line: Sendable {
        let position: String
        let action: String
        let request: String
        let href: String
        let title: String
        let place: String
        let state: String
        let badge: String
        let words: String
        let name: String
        let stars: String
        let changes: [Change]
        let open: Bool
        let faults: [ShownFaults.Line]
        let fault: [String: String]
        let acts: [ChoicePart]
        let reason: String
    }
    let tab: String
    let tabs: [Tab]
    let lines: [Line]

    init(
        _ quotes: [QuoteLine], _ changes: [ID<Rating>: [QuoteChange]], _ tab: QuoteTab, _ wording: Wording,
        attempt: QuoteAttempt?
    ) {
        let call = wording.call
        self.tab = tab.rawValue
        tabs = QuoteTab.allCases.map {
            Tab(
                label: call.text("ratings.tab.\($0.rawValue)"), href: "\(QuoteRoutes.path)?tab=\($0.rawValue)",
                current: $0 == tab)
        }
        lines = quotes.enumerated().map { index, line in
            let quote = line.quote
            let tried = attempt?.rating == quote.rating
            let (shown, form) = (ShownFaults(tried ? attempt?.faults ?? [] : [], call), tried ? call.form : Form())
            return Line(
                position: String(index + 1), action: "\(QuoteRoutes.path)/\(quote.rating)/decisions",
                request: form["request"] ?? call.newRequest, href: "/office/matters/\(quote.matter)",
                title: "\(wording.category(line.category)) \(line.number)",
                place: "\(wording.grid(line.grid)) · \(wording.short(quote.at))",
                state: call.text("ratings.state.\(quote.state.rawValue)"), badge: Self.color(quote.state), words: line.words,
                name: quote.name.isEmpty ? call.text("ratings.nobody") : quote.name,
                stars: call.text("ratings.given", ["stars": String(line.stars)]),
                changes: changes[quote.rating, default: []].map { Self.change($0, wording) }, open: tried, faults: shown.lines,
                fault: shown.byField,
                acts: QuoteRules.Act.allCases.filter { QuoteRules.allows($0, in: quote.state) }.map {
                    ChoicePart(
                        value: $0.rawValue, label: call.text("ratings.act.\($0.rawValue)"), chosen: form["act"] == $0.rawValue)
                }, reason: form["reason"] ?? "")
        }
    }

    private static func change(_ change: QuoteChange, _ wording: Wording) -> Change {
        let who = change.actor?.name ?? wording.call.text("matters.show.reporter")
        let state = wording.call.text("ratings.state.\(change.state.rawValue)")
        return Change(
            text: "\(wording.short(change.at)) · \(who) · \(state)", reason: change.reason.isEmpty ? nil : change.reason)
    }

    private static func color(_ state: QuoteRules.State) -> String {
        switch state {
        case .waiting: "amber"
        case .shown: "green"
        case .hidden: "red"
        case .withdrawn: "line"
        }
    }
}
