package import Kernel
import Storage

/// A way of looking at the list of matters, kept under a name: by one person for themselves, or for everybody of their unit 常用筛选.
package struct SavedFilter: Hashable, Sendable {
    package let id: ID<SavedFilter>
    /// The account, or the grid or town of those who share it.
    package let owner: UnitOwner
    package let isShared: Bool
    package let name: String
    /// As an address has it. It holds no matters: whoever opens it sees what is within their own reach.
    package let query: String

    package init(id: ID<SavedFilter>, owner: UnitOwner, isShared: Bool, name: String, query: String) {
        (self.id, self.owner, self.isShared, self.name, self.query) = (id, owner, isShared, name, query)
    }

    package static let nameLimit = 20
    /// How many a person may keep, and how many a unit.
    package static let most = 8
}

/// Who keeps something for themselves: an account or a unit.
package typealias UnitOwner = ID<OwnerNode>
package enum OwnerNode {}

extension Principal {
    /// The unit that somebody's post is at: the first of their grids, or the town.
    package var unit: UnitOwner? { units.first }

    /// Every unit whose things somebody shares.
    package var units: [UnitOwner] {
        switch grants[.readMatter] {
        case .town: [UnitOwner(town.uuid)]
        case .grids(let roots): roots.sorted().map { UnitOwner($0.uuid) }
        case nil: []
        }
    }
}
