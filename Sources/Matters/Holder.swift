package import Kernel

/// Who has a matter in hand: the people in post at one grid, or the town.
package struct Holder: Hashable, Sendable {
    /// Nil when the town holds it.
    package let grid: ID<GridNode>?
    /// 3, 2, 1, or 0 for the town.
    package let level: Int

    package init(grid: ID<GridNode>, level: Int) {
        self.grid = grid
        self.level = level
    }

    package static let town = Holder()

    private init() {
        grid = nil
        level = 0
    }

    /// From stored columns: level 0 or no grid is the town.
    package init(stored grid: ID<GridNode>?, level: Int) {
        guard let grid, level > 0 else { self = .town; return }
        self.init(grid: grid, level: level)
    }
}

/// A grid on the way from a village down to a matter's place.
package struct Rung: Hashable, Sendable {
    package let grid: ID<GridNode>
    package let level: Int
    /// Whether somebody is in post there to act.
    package let isStaffed: Bool

    package init(grid: ID<GridNode>, level: Int, isStaffed: Bool) {
        self.grid = grid
        self.level = level
        self.isStaffed = isStaffed
    }

    package var holder: Holder { Holder(grid: grid, level: level) }
}
