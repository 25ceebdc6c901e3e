package import Kernel

/// That a household came to lie in another grid from a day on. Never changed: what lies before the day keeps its grid. 户所属网格变更
package struct HouseholdMove: Sendable, Hashable {
    package let household: ID<Household>
    package let from: ID<GridNode>
    package let to: ID<GridNode>
    /// The first day in the new grid.
    package let day: Day

    package init(_ household: ID<Household>, from: ID<GridNode>, to: ID<GridNode>, on day: Day) {
        self.household = household
        self.from = from
        self.to = to
        self.day = day
    }
}
