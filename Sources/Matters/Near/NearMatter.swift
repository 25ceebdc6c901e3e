package import Kernel

/// A matter that may be the same as what somebody is about to report, as everybody may know of it: never the words of its reporter or the
/// number they follow it by.
package struct NearMatter: Hashable, Sendable {
    /// What besides the staff sees, who may read the matter itself.
    package struct Inside: Hashable, Sendable {
        package let number: PublicNumber
        package let words: String
        package let version: Int
        package let picture: ID<MatterPhoto>?
    }

    package let id: ID<Matter>
    package let category: String
    package let grid: ID<GridNode>
    package let stage: MatterStage
    package let reportedAt: Instant
    package let closedAt: Instant?
    package let distance: NearRules.Distance
    package let mayJoin: Bool
    package let inside: Inside?
    /// The first of its pictures that everybody may see.
    package let picture: ID<MatterPhoto>?

    init(_ matter: Matter, _ distance: NearRules.Distance, inside: Inside?, picture: ID<MatterPhoto>?) {
        (id, category, grid, stage) = (matter.id, matter.category, matter.place.grid, matter.stage)
        (reportedAt, closedAt) = (matter.reportedAt, matter.closedAt)
        self.distance = distance
        mayJoin = NearRules.mayJoin(matter)
        (self.inside, self.picture) = (inside, picture)
    }
}
