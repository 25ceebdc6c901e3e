import Kernel
import Media
import Storage
import Web

/// Pages made to be printed: one matter with its history and lines to sign on, and a list as it is filtered. What is masked on the page is
/// masked on paper.
struct PrintRoutes: Sendable {
    /// A list longer than this is a spreadsheet's matter.
    static let most = 200
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, "/office/matters/{matter}/print", .holder(.readMatter), handle: matter),
            Route(.get, "/office/matters/print", .holder(.readMatter), handle: list),
        ]
    }

    private func matter(_ call: Call) async throws -> Answer {
        let (sight, tree, taxonomy) = try await ReadMatter(desk: desk)(try call.id("matter"), for: try call.signedIn())
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        let address = call.absolute("/m/\(sight.matter.number.digits)")
        let (sheet, withNotes) = (MatterPage(sight, wording, attempt: nil), call.query["notes"] == "1")
        return call.page(
            MatterPrintPage(
                sheet: sheet, history: sheet.history.filter { withNotes || !$0.isNote }, withNotes: withNotes,
                other: withNotes ? sheet.printHref : sheet.printHref + "?notes=1",
                qr: address.flatMap { QRCode($0) }?.svg(label: ""),
                state: wording.stage(sight.matter.stage), printed: PrintedBy.words(wording)))
    }

    private func list(_ call: Call) async throws -> Answer {
        let asked = try InboxQuery(call.query, tab: .open)
        let (list, tree) = try await ReadInbox(desk: desk).list(asked, after: nil, limit: Self.most, by: try call.signedIn())
        let taxonomy = try await desk.database.read { try desk.taxonomy($0, call.town) }
        let wording = Wording(call: call, tree: tree, taxonomy: taxonomy)
        return call.page(
            ListPrintPage(
                filter: wording.asked(asked), count: call.text("matters.print.count", ["count": String(list.matters.count)]),
                more: list.next == nil ? nil : call.text("matters.print.more", ["limit": String(Self.most)]),
                matters: list.matters.map { InboxPage.Line($0, wording) }, back: asked.href(), printed: PrintedBy.words(wording)))
    }
}

/// Who printed it, and when.
enum PrintedBy {
    static func words(_ wording: Wording) -> String {
        let call = wording.call
        let who = call.principal.map { "\($0.name) (\(call.posts($0.post)))" } ?? ""
        return call.text("matters.print.by", ["who": who, "when": wording.long(call.now)])
    }
}

struct MatterPrintPage: Page {
    static let template = "matters-print"
    let sheet: MatterPage
    let history: [MatterPage.Entry]
    /// With what is internal. Such a sheet is for the file, so whoever reported is not asked to sign it.
    let withNotes: Bool
    /// The same sheet the other way.
    let other: String
    let qr: String?
    let state: String
    let printed: String
}

struct ListPrintPage: Page {
    static let template = "matters-print-list"
    /// What the list was filtered by, in words.
    let filter: String
    let count: String
    let more: String?
    let matters: [InboxPage.Line]
    let back: String
    let printed: String
}

extension Wording {
    /// What a list was asked for: `待处置 · 小事 · 已超期`.
    func asked(_ asked: InboxQuery) -> String {
        let parts: [String?] = [
            call.text("matters.tab.\(asked.tab.rawValue)"), asked.category.map(category), asked.tier.map(tier),
            asked.grid.map(grid),
            asked.hands.map { call.text("matters.inbox.hands.\($0.rawValue)") },
            asked.due.map { call.text("matters.inbox.due.\($0.rawValue)") }, asked.channel.map(channel),
            asked.from.map { "\(call.text("matters.inbox.from")) \($0)" },
            asked.to.map { "\(call.text("matters.inbox.to")) \($0)" },
            asked.text.isEmpty ? nil : "“\(asked.text)”",
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }
}
