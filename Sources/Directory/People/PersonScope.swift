package import Kernel
package import Storage

/// Whose records a ``Scope`` reaches: people with a residency in one of its grids (design.md rule 6).
package enum PersonScope {
    /// A condition for rows about a person.
    ///
    /// While somebody lives somewhere, only that place counts; of somebody who has left or died, every former place keeps the record,
    /// so that whoever took leave of them can still look it up.
    /// - Parameter column: the column with the person's id, such as `"p.id"`.
    package static func predicate(_ scope: Scope, town: ID<Town>, person column: SQL, on day: Day) -> SQL {
        switch scope {
        case .town: return "1 = 1"
        case .grids(let roots) where roots.isEmpty: return "1 = 0"
        case .grids:
            let inScope = GridScope.predicate(scope, town: town, grid: "sh.grid_id")
            return """
                EXISTS (SELECT 1 FROM residency sr JOIN household sh ON sh.town_id = sr.town_id AND sh.id = sr.household_id
                    WHERE sr.town_id = \(town) AND sr.person_id = \(column) AND \(inScope)
                        AND (sr.valid_to IS NULL OR sr.valid_to >= \(day)
                            OR NOT EXISTS (SELECT 1 FROM residency so WHERE so.town_id = \(town) AND so.person_id = \(column)
                                AND (so.valid_to IS NULL OR so.valid_to >= \(day)))))
                """
        }
    }
}
