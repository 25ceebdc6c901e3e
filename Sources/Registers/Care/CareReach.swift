import Directory
package import Kernel
import Storage

/// Which key-care marks somebody may know of: each circle over its own grids.
package struct CareReach: Sendable, Hashable {
    package let grid: Scope
    package let village: Scope
    package let town: Scope

    /// - Throws: ``Forbidden`` for who may know of none.
    package init(_ principal: Principal) throws(Forbidden) {
        grid = try principal.scope(for: .readCare)
        village = principal.grants[.readVillageCare] ?? .nothing
        town = principal.grants[.readTownCare] ?? .nothing
    }

    /// A condition for rows of `care_mark m` about people in these grids.
    func predicate(of town: ID<Town>, on day: Day) -> SQL {
        func reach(_ audience: CareMark.Audience, _ scope: Scope) -> SQL {
            "(m.audience = \(audience) AND \(PersonScope.predicate(scope, town: town, person: "m.person_id", on: day)))"
        }
        return "(\(reach(.grid, grid)) OR \(reach(.village, village)) OR \(reach(.town, self.town)))"
    }

    /// The circles one may put a mark into.
    package var audiences: [CareMark.Audience] {
        [(CareMark.Audience.grid, grid), (.village, village), (.town, town)].filter { $0.1 != .nothing }.map(\.0)
    }
}
