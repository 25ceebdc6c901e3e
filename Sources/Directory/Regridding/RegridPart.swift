package import Kernel
package import Storage

/// That households went from one grid into another of the same village: a part of them, or all of them because the grid is closed.
package struct Regrid: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case split, merge }

    package let kind: Kind
    package let source: Grid
    package let target: Grid
    /// The first day on which it is so.
    package let day: Day
    package let households: [ID<Household>]

    package init(_ kind: Kind, from source: Grid, to target: Grid, on day: Day, households: [ID<Household>]) {
        self.kind = kind
        self.source = source
        self.target = target
        self.day = day
        self.households = households
    }
}

/// What another room keeps by grid and must take along. The rooms stand above this one, so Application hands them in; each runs inside
/// the one transaction, after the households have moved.
package protocol RegridPart: Sendable {
    func follow(_ regrid: Regrid, by principal: Principal, _ tx: any Transaction) throws
}
