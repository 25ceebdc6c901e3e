import Directory
import Exports
import Kernel
import Web

/// The office's list of matters, in tabs by what has to be done next. 事项
struct InboxPage: Page {
    static let template = "matters-inbox"
    struct Tab: Sendable {
        let label: String
        let href: String
        let count: String?
        let due: Bool
        let current: Bool
    }
    struct Line: Sendable {
        let href: String
        let category: String
        let excerpt: String
        let grid: String
        let stage: String
        let tier: String
        let tierClass: String
        let holder: String
        let when: String
        let iso: String
        let due: String?
        let overdue: Bool
        let reopened: String?
        let passedAround: Bool
        let number: String
        /// Which matter, and as it was seen.
        let pick: String

        init(_ matter: Matter, _ wording: Wording) {
            href = "/office/matters/\(matter.id)"
            number = matter.number.description
            pick = BulkOrder.Pick(matter: matter.id, version: matter.version).description
            category = wording.category(matter.category)
            let words = matter.words.split(whereSeparator: \.isNewline).joined(separator: " ")
            excerpt = words.count > 60 ? words.prefix(59) + "…" : words
            grid = wording.grid(matter.place.grid)
            stage = wording.stage(matter.stage)
            tier = wording.tier(matter.tier)
            tierClass = wording.tierClass(matter.tier)
            holder = wording.holder(matter.holder)
            when = wording.short(matter.reportedAt)
            iso = matter.reportedAt.rfc3339
            due = wording.deadline(matter.clock, at: wording.call.now)
            overdue = matter.clock.isLate(at: wording.call.now)
            passedAround = matter.isPassedAround
            reopened = matter.reopened > 0 ? wording.call.text("matters.words.reopened", ["count": String(matter.reopened)]) : nil
        }
    }
    struct Kept: Sendable {
        let name: String
        let href: String
        let count: String?
        let isShared: Bool
        let current: Bool
    }
    let mayReport: Bool
    let tabs: [Tab]
    let tab: String
    let isOpen: Bool
    let filtered: Bool
    let categories: [ChoicePart]
    let tiers: [ChoicePart]
    let grids: [ChoicePart]
    let hands: [ChoicePart]
    let channels: [ChoicePart]
    let from: String
    let to: String
    let text: String
    let deadlines: [ChoicePart]
    let orders: [ChoicePart]
    let kept: [Kept]
    /// The filter as it is kept under a name.
    let query: String
    let nameLimit: String
    let request: String
    let urged: [Line]
    let matters: [Line]
    let newest: String?
    let older: String?
    let export: String
    let print: String
    let mayAct: Bool
    let form: BulkForm
    let fault: [String: String] = [:]
    /// Up to when the list is known.
    let since: String

    init(_ inbox: Inbox, _ wording: Wording) {
        let call = wording.call
        let asked = inbox.asked
        mayReport = call.principal?.may(.createMatter) ?? false
        tabs = StageTab.allCases.map { tab in
            let count = inbox.counts[tab] ?? 0
            return Tab(
                label: call.text("matters.tab.\(tab.rawValue)"), href: "/office/matters?tab=\(tab.rawValue)",
                count: tab == .closed || count == 0 ? nil : String(count), due: false, current: tab == asked.tab)
        }
        tab = asked.tab.rawValue
        isOpen = asked.tab != .closed
        filtered = asked.isFiltered
        func choices<Value: RawRepresentable & Equatable>(_ values: [Value], _ chosen: Value?, _ key: String) -> [ChoicePart]
        where Value.RawValue == String {
            values.map { ChoicePart(value: $0.rawValue, label: call.text("\(key).\($0.rawValue)"), chosen: $0 == chosen) }
        }
        tiers = choices(Tier.allCases, asked.tier, "matters.tier")
        hands = choices(InboxQuery.Hands.allCases, asked.hands, "matters.inbox.hands")
        channels = choices(Channel.allCases, asked.channel, "matters.channel")
        deadlines = choices(MatterFilter.Due.allCases, asked.due, "matters.inbox.due")
        orders = [("", "newest", !asked.byDue), ("due", "due", asked.byDue)].map {
            ChoicePart(value: $0.0, label: call.text("matters.inbox.order.\($0.1)"), chosen: $0.2)
        }
        categories = wording.taxonomy.categories.map {
            ChoicePart(value: $0.code, label: wording.name(of: $0), chosen: $0.code == asked.category)
        }
        grids = inbox.grids.map {
            ChoicePart(value: $0.id.description, label: wording.grid($0.id), chosen: $0.id == asked.grid)
        }
        (from, to, text) = (asked.from?.description ?? "", asked.to?.description ?? "", asked.text)
        kept = inbox.kept.map { kept in
            Kept(
                name: kept.filter.name, href: kept.asked.href(), count: kept.count.map(String.init),
                isShared: kept.filter.isShared,
                current: kept.asked == asked)
        }
        query = asked.query
        nameLimit = String(SavedFilter.nameLimit)
        request = call.newRequest
        urged = inbox.urged.map { Line($0, wording) }
        matters = inbox.list.matters.map { Line($0, wording) }
        newest = inbox.after == nil ? nil : asked.href()
        older = inbox.list.next.map { asked.href(after: $0) }
        export = ExportsRoom.path("matters", asked.fields)
        print = asked.href("/office/matters/print")
        mayAct = isOpen && [Permission.routeMatter, .handleMatter].contains { call.principal?.may($0) ?? false }
        form = BulkForm(wording, query: asked.query)
        since = String(call.now.milliseconds)
    }
}
