package import Kernel
package import Web

/// What the directory's pages show of matters. Matters stands above this room, so Application fills these closures from it; every
/// text comes finished, in the language asked for.
package struct MattersWindow: Sendable {
    /// A matter closed not long ago: what kind, where, how long it took; never a word of what was said.
    package struct Recent: Sendable {
        package let category: String
        package let grid: ID<GridNode>
        /// Such as 1 天半办好.
        package let words: String

        package init(category: String, grid: ID<GridNode>, words: String) {
            self.category = category
            self.grid = grid
            self.words = words
        }
    }

    /// Figures of the part of the town somebody reaches, or for a visitor of all of it.
    package struct Counts: Sendable {
        /// A line of the office's start page that leads somewhere: a stage, or something waiting.
        package struct Line: Sendable {
            package let href: String
            package let label: String
            package let count: Int
            /// Whether something is late.
            package let due: Bool
            package let detail: String?

            package init(href: String, label: String, count: Int, due: Bool = false, detail: String? = nil) {
                self.href = href
                self.label = label
                self.count = count
                self.due = due
                self.detail = detail
            }
        }
        package struct Village: Sendable {
            package let open: Int
            package let overdue: Int
            /// Such as 98 %; nil before any follow-up.
            package let satisfied: String?

            package init(open: Int, overdue: Int, satisfied: String?) {
                self.open = open
                self.overdue = overdue
                self.satisfied = satisfied
            }
        }
        package let open: Int
        package let closedThisMonth: Int
        package let waiting: [Line]
        package let stages: [Line]
        /// By level-1 grid.
        package let villages: [ID<GridNode>: Village]

        package init(
            open: Int, closedThisMonth: Int, waiting: [Line] = [], stages: [Line] = [], villages: [ID<GridNode>: Village] = [:]
        ) {
            self.open = open
            self.closedThisMonth = closedThisMonth
            self.waiting = waiting
            self.stages = stages
            self.villages = villages
        }
    }

    /// The open matters of one grid and what lies below it.
    package struct Open: Sendable {
        package struct Line: Sendable {
            let href: String
            let category: String
            let when: String
            let stage: String
            let overdue: Bool
            let due: String

            /// - Parameter due: how late it is, in words; nil when it is not.
            package init(href: String, category: String, when: String, stage: String, due: String?) {
                self.href = href
                self.category = category
                self.when = when
                self.stage = stage
                overdue = due != nil
                self.due = due ?? ""
            }
        }
        package let count: Int
        /// Where all of them are listed.
        package let href: String
        /// The first few.
        package let lines: [Line]

        package init(count: Int, href: String, lines: [Line]) {
            self.count = count
            self.href = href
            self.lines = lines
        }
    }

    let recent: @Sendable (ID<Town>, Language) async throws -> [Recent]
    let counts: @Sendable (ID<Town>, Principal?, Language) async throws -> Counts
    let open: @Sendable (Principal, ID<GridNode>, Language) async throws -> Open?

    /// - Parameters:
    ///   - recent: the last few closed.
    ///   - counts: within the reach of the principal; the town's plain totals without one.
    ///   - open: nil for whoever may not see matters.
    package init(
        recent: @escaping @Sendable (ID<Town>, Language) async throws -> [Recent],
        counts: @escaping @Sendable (ID<Town>, Principal?, Language) async throws -> Counts,
        open: @escaping @Sendable (Principal, ID<GridNode>, Language) async throws -> Open?
    ) {
        self.recent = recent
        self.counts = counts
        self.open = open
    }

    /// Where there is no room of matters.
    package static let none = MattersWindow(
        recent: { _, _ in [] }, counts: { _, _, _ in Counts(open: 0, closedThisMonth: 0) }, open: { _, _, _ in nil })
}
