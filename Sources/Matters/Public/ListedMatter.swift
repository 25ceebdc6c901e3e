package import Directory
import Geometry
package import Kernel

/// A matter as it is listed for everybody: what kind, in which grid, where it stands, what was done. 公开事项
///
/// Never the number, by which its reporter alone follows it; never the words of its reporter or those written for them, a name, or the
/// very spot; of its photos those alone that somebody has looked at and said may be shown. Made by leaving out, so that a new field of ``Matter`` stays inside.
package struct ListedMatter: Sendable, Hashable {
    /// One thing that was done.
    package struct Act: Sendable, Hashable {
        package let id: ID<MatterEvent>
        package let matter: ID<Matter>
        package let kind: MatterEvent.Kind
        package let at: Instant
        /// Where the matter stood afterwards.
        package let stage: MatterStage
        /// The key of the words that say what was done.
        package let titleKey: String
    }

    package let id: ID<Matter>
    /// The code of its category.
    package let category: String
    package let grid: ID<GridNode>
    package let stage: MatterStage
    package let reportedAt: Instant
    package let updatedAt: Instant
    package let closedAt: Instant?
    /// By when the work is promised to be done; nil when it is done, stands still without an end, or has no limit.
    package let expectedAt: Instant?
    package let reopened: Int
    /// Those that everybody may see, redacted where it was needed.
    package let pictures: [ID<MatterPhoto>]
    /// Oldest first; the report itself is the first entry.
    package let history: [Act]

    /// Nil for a matter of a restricted category.
    /// - Parameter clocks: as of now.
    init?(_ matter: Matter, _ events: [MatterEvent], clocks: [MatterClock], pictures: [ID<MatterPhoto>]) {
        guard !matter.isRestricted else { return nil }
        id = matter.id
        category = matter.category
        grid = matter.place.grid
        stage = matter.stage
        reportedAt = matter.reportedAt
        closedAt = matter.closedAt
        expectedAt = clocks.last { $0.kind == .finish && !$0.isStopped }?.due
        reopened = matter.reopened
        self.pictures = pictures
        history = events.map(Act.init)
        updatedAt = events.last?.at ?? matter.reportedAt
    }
}

extension MatterPhoto {
    /// Where everybody finds a picture that may be shown.
    package static func publicPath(_ id: ID<MatterPhoto>, isSmall: Bool = false) -> String {
        "/pictures/\(id)" + (isSmall ? "?size=thumb" : "")
    }
}

extension ListedMatter.Act {
    init(_ event: MatterEvent) {
        self.init(
            id: event.id, matter: event.matter, kind: event.kind, at: event.at, stage: event.toStage,
            titleKey: MatterEvent.titleKey(event.kind, event.facts.finding, event.facts.outcome, event.facts.satisfied))
    }
}

extension GridTree {
    /// Where everybody is shown a matter of `grid`: one and the same point for all matters of the grid, as the page of a number
    /// names the grid and nothing closer. Nil where neither the grid nor one above it has an area.
    package func publicPoint(of grid: ID<GridNode>) -> Coordinate? {
        path(grid).reversed().lazy.compactMap { areas[$0.id]?.pointInside }.first
    }
}
