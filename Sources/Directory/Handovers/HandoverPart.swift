package import Kernel
package import Storage
package import Web

/// What another room has that changes hands with a post: matters, people to look after. The rooms stand above this one, so
/// Application hands them in; each runs inside the one transaction of the handover.
package protocol HandoverPart: Sendable {
    /// Passes on what the room has in the hands of the posts that change, with its own history.
    /// - Returns: what changed hands, for the pack.
    func handOver(_ handover: Handover, by principal: Principal, _ tx: any Transaction) throws -> [HandoverLine]

    /// The lines of this room in the reader's language, as far as they may see them; other rooms' lines are not its matter.
    func sections(
        of lines: [HandoverLine], of handover: Handover, for principal: Principal, in language: Language, _ tx: any Transaction
    ) throws -> [HandoverSection]
}

/// A part of the handover pack, in finished words.
package struct HandoverSection: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package let href: String?
        package let name: String
        package let detail: String
        /// A deadline or when somebody was last there, in words.
        package let due: String
        package let isLate: Bool

        package init(href: String? = nil, name: String, detail: String = "", due: String = "", isLate: Bool = false) {
            self.href = href
            self.name = name
            self.detail = detail
            self.due = due
            self.isLate = isLate
        }
    }
    package let title: String
    package let rows: [Row]
    /// How many lines this reader may not see, or whose record is gone.
    package let hidden: Int
    /// Whether its rows are things to be counted, not figures.
    package let isList: Bool

    package init(title: String, rows: [Row], hidden: Int = 0, isList: Bool = true) {
        self.title = title
        self.rows = rows
        self.hidden = hidden
        self.isList = isList
    }
}
