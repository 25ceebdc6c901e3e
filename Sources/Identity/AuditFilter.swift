package import Kernel
package import Web

/// What the auditor looks for.
package struct AuditFilter: Sendable {
    /// Where a page ends: the time and id of its last entry.
    package struct Cursor: Sendable {
        package let at: Instant
        package let id: ID<AuditEntry>

        package init(_ entry: AuditEntry) {
            at = entry.at
            id = entry.id
        }

        init?(_ text: String) {
            let halves = text.split(separator: ".")
            guard halves.count == 2, let time = Int64(halves[0]), let id = ID<AuditEntry>(halves[1]) else { return nil }
            (at, self.id) = (Instant(milliseconds: time), id)
        }

        package var text: String { "\(at.milliseconds).\(id)" }
    }

    /// The first part of the act, such as `matter`; empty for all.
    package let act: String
    /// A login; empty for all.
    package let who: String
    package let from: Day?
    /// The last day, itself included.
    package let to: Day?
    package let before: Cursor?

    /// The groups of acts, each with words in the catalogue.
    static let acts = [
        "session", "account", "directory", "registers", "matter", "points", "import", "export", "api-key", "subscriber",
    ]

    package init(_ query: Form) {
        act = query["act"].flatMap { Self.acts.contains($0) ? $0 : nil } ?? ""
        who = (query["who"] ?? "").trimmed
        from = query["from"].flatMap { Day($0) }
        to = query["to"].flatMap { Day($0) }
        before = query["before"].flatMap(Cursor.init)
    }

    package var start: Instant? { from?.start() }
    package var end: Instant? { to?.adding(days: 1).start() }
}
