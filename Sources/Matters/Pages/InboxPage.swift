import Directory
import Exports
import Foundation
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

        init(_ matter: Matter, _ wording: Wording) {
            href = "/office/matters/\(matter.id)"
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
    let mayReport: Bool
    let tabs: [Tab]
    let tab: String
    let filtered: Bool
    let categories: [ChoicePart]
    let grids: [ChoicePart]
    let text: String
    let deadlines: [ChoicePart]
    let orders: [ChoicePart]
    let matters: [Line]
    let newest: String?
    let older: String?
    let export: String

    init(_ inbox: Inbox, _ wording: Wording) {
        let call = wording.call
        let filter = inbox.filter
        mayReport = call.principal?.may(.createMatter) ?? false
        tabs = StageTab.allCases.map { tab in
            let count = inbox.counts[tab] ?? 0
            return Tab(
                label: call.text("matters.tab.\(tab.rawValue)"), href: "/office/matters?tab=\(tab.rawValue)",
                count: tab == .closed || count == 0 ? nil : String(count), due: false, current: tab == inbox.tab)
        }
        tab = inbox.tab.rawValue
        filtered = filter.category != nil || !filter.text.isEmpty || inbox.grid != nil || filter.due != nil || filter.byDue
        deadlines = MatterFilter.Due.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("matters.inbox.due.\($0.rawValue)"), chosen: $0 == filter.due)
        }
        orders = [("", "newest", !filter.byDue), ("due", "due", filter.byDue)].map {
            ChoicePart(value: $0.0, label: call.text("matters.inbox.order.\($0.1)"), chosen: $0.2)
        }
        categories = wording.taxonomy.categories.map {
            ChoicePart(value: $0.code, label: wording.name(of: $0), chosen: $0.code == filter.category)
        }
        grids = inbox.grids.map {
            ChoicePart(value: $0.id.description, label: wording.grid($0.id), chosen: $0.id == inbox.grid)
        }
        text = filter.text
        matters = inbox.list.matters.map { Line($0, wording) }
        var address = Form(fields: [("tab", inbox.tab.rawValue)])
        if let category = filter.category { address = address.adding("category", category) }
        if let grid = inbox.grid { address = address.adding("grid", grid.description) }
        if !filter.text.isEmpty { address = address.adding("text", filter.text) }
        if let due = filter.due { address = address.adding("due", due.rawValue) }
        if filter.byDue { address = address.adding("order", "due") }
        newest = inbox.after == nil ? nil : "/office/matters?\(address.query)"
        older = inbox.list.next.map { "/office/matters?\(address.adding("after", $0.description).query)" }
        export = ExportsRoom.path("matters", address.fields.map { ($0.name, $0.value) })
    }
}

extension Form {
    func adding(_ name: String, _ value: String) -> Form { Form(fields: fields + [(name, value)]) }

    /// As a query string.
    var query: String {
        fields.map { field in
            "\(field.name)=\(field.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
    }
}
