import Directory
import Kernel
import Web

/// What came of doing one thing with several matters; or the form again, when nothing was done. 批量办理
struct BulkPage: Page {
    static let template = "matters-bulk"
    struct Line: Sendable {
        let href: String?
        let number: String
        let category: String
        let holder: String
        let why: String?
    }
    let act: String
    let summary: String?
    let lines: [Line]
    let back: String
    let faults: [FaultPart]
    let fault: [String: String]
    let form: BulkForm
    let picks: [String]

    init(_ outcomes: [BulkOutcome], _ order: BulkOrder, _ wording: Wording) {
        let call = wording.call
        let done = outcomes.count { $0.refusal == nil }
        summary = call.text(
            done == outcomes.count ? "matters.bulk.all" : "matters.bulk.some",
            ["done": String(done), "left": String(outcomes.count - done)])
        lines = outcomes.sorted { ($0.refusal == nil ? 1 : 0) < ($1.refusal == nil ? 1 : 0) }.map { outcome in
            Line(
                href: outcome.matter.map { "/office/matters/\($0.id)" },
                number: outcome.matter?.number.description ?? call.text("matters.bulk.unknown"),
                category: outcome.matter.map { wording.category($0.category) } ?? "",
                holder: outcome.matter.map { wording.holder($0.holder) } ?? "", why: outcome.refusal.map { call.text($0) })
        }
        (faults, fault, picks) = ([], [:], [])
        act = order.act.map { call.text("matters.bulk.act.\($0.rawValue)") } ?? ""
        back = Self.back(call)
        form = BulkForm(wording, typed: order)
    }

    /// Nothing was done: every tick and word is kept.
    init(_ order: BulkOrder, _ wording: Wording, faults: [Fault]) {
        let call = wording.call
        self.faults = faults.map { FaultPart(field: "bulk-\($0.pointer.dropFirst())", text: call.text($0)) }
        fault = Dictionary(self.faults.map { ($0.field, $0.text) }) { first, _ in first }
        (summary, lines) = (nil, [])
        act = call.text("matters.bulk.title")
        picks = order.picks.map(\.description)
        back = Self.back(call)
        form = BulkForm(wording, typed: order)
    }

    private static func back(_ call: Call) -> String {
        let asked = (try? Form(urlEncoded: call.form["query"] ?? "")).flatMap { try? InboxQuery($0) }
        return asked?.href() ?? "/office/matters?tab=open"
    }
}

/// The form below the list.
struct BulkForm: Sendable {
    let request: String
    let query: String
    let acts: [ChoicePart]
    let targets: [ChoicePart]
    let words: String
    let most: String

    init(_ wording: Wording, query: String? = nil, typed order: BulkOrder? = nil) {
        let call = wording.call
        // What was refused may be put right and sent again; what was done stays done.
        request = order == nil ? call.newRequest : call.form["request"] ?? call.newRequest
        self.query = query ?? call.form["query"] ?? ""
        acts = BulkAct.allCases.filter { $0 == .takeUp || call.principal?.may(.routeMatter) ?? false }.map {
            ChoicePart(value: $0.rawValue, label: call.text("matters.bulk.act.\($0.rawValue)"), chosen: $0 == order?.act)
        }
        let scope = call.principal?.grants[.routeMatter] ?? .nothing
        targets = wording.tree.all(in: scope).filter { wording.tree.staffed.contains($0.id) }.map {
            ChoicePart(value: $0.id.description, label: wording.grid($0.id), chosen: $0.id == order?.target)
        }
        words = order?.words ?? ""
        most = String(BulkOrder.most)
    }
}
