package import Kernel
import Storage

/// One household with everything the registers know of it. 户档案
package struct HouseholdRecord: Sendable, Hashable {
    package let id: ID<Household>
    package var grid: ID<GridNode>
    package var address: Address
    /// Where the door is, when somebody said so.
    package var place: Coordinate?
    /// 户主; nil when nobody was named.
    package var head: ID<PersonNode>?
    package var term: Term
    /// When somebody of the grid was last there; kept by the visits.
    package let visitedAt: Instant?
    package var version: Int

    package init(
        id: ID<Household>, grid: ID<GridNode>, address: Address, place: Coordinate? = nil, head: ID<PersonNode>? = nil,
        term: Term, visitedAt: Instant? = nil, version: Int = 1
    ) {
        self.id = id
        self.grid = grid
        self.address = address
        self.place = place
        self.head = head
        self.term = term
        self.visitedAt = visitedAt
        self.version = version
    }
}

/// One residency with how somebody belongs to the household and why it ended.
package struct Stay: Sendable, Hashable {
    /// Why a residency ended.
    package enum Ending: String, Sendable, Hashable, CaseIterable, SQLValue { case moved, deceased, entered }

    package let residency: Residency
    /// 与户主关系, in the village's own words.
    package let relation: String?
    package let ending: Ending?

    package init(_ residency: Residency, relation: String? = nil, ending: Ending? = nil) {
        self.residency = residency
        self.relation = relation
        self.ending = ending
    }
}
