import Kernel

/// What splitting a grid and merging it into another have in common.
extension DirectoryChange {
    /// What speaks against households going from one grid into another, which may still have to be opened.
    func faults(moving households: [ID<Household>], from source: Grid, to target: Grid?, on day: Day) throws -> [Fault] {
        let grids = GridStore(tx, town: town)
        let villages = (try grids.village(of: source.id)?.id, try target.flatMap { try grids.village(of: $0.id)?.id })
        return RegridRules.faults(
            moving: source, to: target, villages: villages, on: day, today: ambient.now().day(),
            latestMove: try HouseholdMoveStore(tx, town: town).latestMove(of: households))
    }

    /// Lets the other rooms follow, and writes down what happened at either grid.
    func finish(_ regrid: Regrid, followedBy parts: [any RegridPart], _ detail: [String: String]) throws {
        let (source, target) = (regrid.source.id, regrid.target.id)
        for part in parts { try part.follow(regrid, by: principal, tx) }
        try record("grid.\(regrid.kind.rawValue)", source, grid: source, detail)
        try further().record("grid.receive", target, grid: target, ["from": source.description])
    }
}
