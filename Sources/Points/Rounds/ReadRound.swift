import Directory
import Kernel
import Storage

/// One round with everything the staff of the village may see of it.
struct RoundSight: Sendable {
    let round: InspectionRound
    let village: Grid
    let tree: GridTree
    let pairs: [InspectionPair]
    let sheets: [InspectionSheet]
    /// The lines it is scored by.
    let rules: [PointRule]
    let teams: [OutlierRules.Team]
    let findings: [OutlierRules.Finding]
    let models: [ModelHousehold]
    /// Model households of a round that was booked, for which nothing could be booked.
    let missed: Set<ID<Household>>
    let objections: [Objection]
    let addresses: [ID<Household>: String]
    /// Grids whose sheet whoever looks may hand in.
    let mayScore: Set<ID<GridNode>>
    let mayManage: Bool
    let mayPost: Bool
}

/// One grid's households as a team scores them.
struct SheetSight: Sendable {
    let round: InspectionRound
    let team: Grid
    let target: Grid
    let rules: [PointRule]
    let doors: [Door]
    /// The sheet that counts so far.
    let known: [ID<Household>: HouseholdScore]
}

/// Reads rounds for the staff.
struct ReadRound: Sendable {
    let desk: PointsDesk

    /// - Throws: ``NotFound`` outside the villages one has a part of.
    func callAsFunction(_ id: ID<InspectionRound>, by principal: Principal) async throws -> RoundSight {
        let scope = try principal.scope(for: .readPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            guard let round = try RoundStore(tx, town: town).find(id) else { throw NotFound() }
            let village = try desk.villageAround(round.village, of: scope, tx, town, with: .crossInspections)
            let tree = try desk.tree(tx, town)
            let pairs = try RoundStore(tx, town: town).pairs(of: id)
            let sheets = SheetStore(tx, town: town)
            let teams = try ResultStore(tx, town: town).teams(of: id)
            let models = try RoundStore(tx, town: town).models(of: id)
            let winners = Set(models.map(\.household))
            let booked = try LedgerStore(tx, town: town).booked([ID(id.uuid)], for: winners).map(\.household)
            let mayManage = principal.grants[.managePoints].map { tree.isIn($0, village.id) } ?? false
            let objections = mayManage ? try sheets.objections(of: id) : []
            let doors = DoorStore(tx, town: town)
            let expected = try Dictionary(
                uniqueKeysWithValues: pairs.map { ($0.target, try doors.count(under: $0.target, on: round.day(on: desk.today))) })
            let mayScore = pairs.filter { (try? SheetAccess.check(id, $0.target, principal, desk, tx)) != nil }.map(\.target)
            let noticeDays = try SchemeStore(tx, town: town).scheme(of: village.id).noticeDays
            return RoundSight(
                round: round, village: village, tree: tree, pairs: pairs, sheets: try sheets.sheets(of: id),
                rules: try RuleSetStore(tx, town: town).find(round.villagersSet)?.rules ?? [], teams: teams,
                findings: OutlierRules.findings(teams, expected: expected), models: models,
                missed: round.stage == .posted ? winners.subtracting(booked) : [], objections: objections,
                addresses: try doors.addresses(of: winners.union(objections.map(\.household))),
                mayScore: round.stage == .open ? Set(mayScore) : [], mayManage: mayManage,
                mayPost: round.noticeUntil.map { desk.today > $0 || noticeDays == 0 } ?? false)
        }
    }

    /// - Parameter isRetry: also of a round that is closed, for a sheet that may have been handed in before.
    /// - Throws: as ``SheetAccess``; ``Conflict`` `round-closed`.
    func sheet(
        _ id: ID<InspectionRound>, _ target: ID<GridNode>, by principal: Principal, isRetry: Bool = false
    ) async throws -> SheetSight {
        try await desk.database.read { tx in
            let (round, pair, tree) = try SheetAccess.check(id, target, principal, desk, tx)
            guard round.stage == .open || isRetry else { throw Conflict("round-closed") }
            guard let team = tree.grid(pair.team), let grid = tree.grid(target),
                let set = try RuleSetStore(tx, town: principal.town).find(round.villagersSet)
            else { throw NotFound() }
            let scores = try pair.sheet.map { try SheetStore(tx, town: principal.town).scores(on: $0) } ?? []
            return SheetSight(
                round: round, team: team, target: grid, rules: set.rules.filter { $0.use == .inspection },
                doors: try DoorStore(tx, town: principal.town).doors(under: target, on: round.day(on: desk.today)),
                known: Dictionary(scores.map { ($0.household, $0) }) { first, _ in first })
        }
    }
}
