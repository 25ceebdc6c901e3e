import Foundation
import Kernel
import Web

struct AuditPage: Page {
    static let template = "identity-audit"
    static let length = 50
    /// How many of the latest entries every look at the page verifies; `jinlin doctor` verifies all.
    static let checked: Int64 = 1000

    struct Line: Sendable {
        let when: String
        let iso: String
        let who: String
        let post: String
        let act: String
        let subject: String
        let href: String?
        let reason: String?
        let success: Bool
        let address: String
    }

    let chainWhole: Bool
    let chainWords: String
    let who: String
    let acts: [ChoicePart]
    let from: String
    let to: String
    let filtered: Bool
    let entries: [Line]
    let newest: String?
    let older: String?

    init(_ call: Call, entries: [ListedAuditEntry], verdict: AuditSeal.Verdict, filter: AuditFilter) {
        switch verdict {
        case .whole(let sealed, let waiting, _):
            chainWhole = true
            chainWords = call.text(
                "identity.audit.chain-whole",
                ["count": String(sealed), "waiting": String(waiting), "checked": String(min(sealed, Int(Self.checked)))])
        case .broken(let number):
            chainWhole = false
            chainWords = call.text("identity.audit.chain-broken", ["position": String(number)])
        }
        who = filter.who
        acts = AuditFilter.acts.map { ChoicePart(value: $0, label: call.text("identity.act.\($0)"), chosen: $0 == filter.act) }
        from = filter.from?.description ?? ""
        to = filter.to?.description ?? ""
        filtered = !filter.act.isEmpty || !filter.who.isEmpty || filter.from != nil || filter.to != nil
        self.entries = entries.prefix(Self.length).map { listed in
            let entry = listed.entry
            let key = "identity.act.\(entry.act)"
            return Line(
                when: entry.at.stamp(), iso: entry.at.rfc3339, who: listed.name ?? call.text("identity.audit.unknown"),
                post: call.posts(entry.post ?? ""),
                act: call.site.catalogue.keys.contains(key) ? call.text(key) : entry.act, subject: entry.subject, href: nil,
                reason: Self.words(of: entry.detail), success: entry.done, address: entry.address ?? "")
        }
        let fields = [("act", filter.act), ("who", filter.who), ("from", from), ("to", to)]
        newest = filter.before == nil ? nil : "/audit?" + Form.query(fields)
        older =
            entries.count > Self.length
            ? "/audit?" + Form.query(fields + [("before", AuditFilter.Cursor(entries[Self.length - 1].entry).text)]) : nil
    }

    /// The further facts of an entry as `name: value`; nil when there are none.
    private static func words(of detail: String) -> String? {
        let facts = (try? JSONDecoder().decode([String: String].self, from: Data(detail.utf8))) ?? [:]
        return facts.isEmpty ? nil : facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: " · ")
    }
}
