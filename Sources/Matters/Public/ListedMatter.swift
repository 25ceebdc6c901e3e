package import Directory
import Geometry
package import Kernel

/// A matter as it is listed for everybody: what kind, in which grid, where it stands, what was done. 公开事项
///
/// Never the number, by which its reporter alone follows it; never the words reported, a photo, a name, or the very spot.
package struct ListedMatter: Sendable, Hashable {
    package let id: ID<Matter>
    /// The code of its category.
    package let category: String
    package let grid: ID<GridNode>
    package let stage: MatterStage
    package let reportedAt: Instant
    package let updatedAt: Instant
    package let closedAt: Instant?
    package let reopened: Int
    /// Oldest first; the report itself is the first entry.
    package let history: [PublicMatter.Entry]

    /// Nil for a matter of a restricted category.
    init?(_ matter: Matter, _ events: [MatterEvent]) {
        let known = PublicMatter(matter, events)
        guard let category = known.category, let grid = known.grid else { return nil }
        id = matter.id
        self.category = category
        self.grid = grid
        stage = known.stage
        reportedAt = known.reportedAt
        closedAt = known.closedAt
        reopened = known.reopened
        history = known.history
        updatedAt = known.history.last?.at ?? known.reportedAt
    }

    /// What the staff last wrote for the reporter; empty when nothing.
    package var reply: String { history.last { !$0.reply.isEmpty }?.reply ?? "" }
}

/// One thing that was done about a listed matter.
package struct ListedAct: Sendable, Hashable {
    package let matter: ID<Matter>
    package let entry: PublicMatter.Entry
}

extension GridTree {
    /// Where everybody is shown a matter of `grid`: one and the same point for all matters of the grid, as the page of a number
    /// names the grid and nothing closer. Nil where neither the grid nor one above it has an area.
    package func publicPoint(of grid: ID<GridNode>) -> Coordinate? {
        path(grid).reversed().lazy.compactMap { areas[$0.id]?.pointInside }.first
    }
}
