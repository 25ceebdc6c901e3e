import Directory
package import Kernel
import Storage

/// Opens a week's round and settles who inspects whom (F50). 开展评比
package struct OpenRound: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - day: any day of the week.
    ///   - request: the id the round gets; a retry with the same one opens once.
    /// - Throws: ``NotFound`` out of scope; ``Invalid`` for a week to come; ``Conflict`` `round-exists`, `two-grids-needed`, `no-rules-in-force`.
    @discardableResult
    package func callAsFunction(
        _ village: ID<GridNode>, week day: Day, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> InspectionRound {
        let scope = try principal.scope(for: .managePoints)
        let week = CapPeriod.week.term(around: day).from
        guard week <= desk.today else { throw Invalid("/week", "day-to-come") }
        return try await desk.database.write { tx in
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            _ = try desk.village(village, in: scope, tx, principal.town, with: .crossInspections)
            let store = RoundStore(tx, town: principal.town)
            let (id, detail) = (change.newID(InspectionRound.self), ["week": week.description])
            if try change.isDone("round.open", id, detail), let round = try store.find(id) { return round }
            let sets = RuleSetStore(tx, town: principal.town)
            guard let villagers = try sets.inForce(village, .villagers, on: week), villagers.rule(for: .modelHousehold) != nil
            else {
                throw Conflict("no-rules-in-force")
            }
            let scheme = try SchemeStore(tx, town: principal.town).scheme(of: village)
            let seed = DrawRules.seed(desk.ambient.random())
            let grids = try desk.tree(tx, principal.town).children(of: village).filter { $0.level == .two }
            let order =
                scheme.draw == .lot
                ? DrawRules.lot(of: grids.map(\.code), seed: seed) : DrawRules.rotation(of: grids.count, week: week)
            guard let order else { throw Conflict("two-grids-needed") }
            let round = InspectionRound(
                id: id, village: village, week: week, villagersSet: villagers.id,
                tenantsSet: try sets.inForce(village, .tenants, on: week)?.id, draw: scheme.draw, seed: seed, stage: .open,
                openedAt: desk.ambient.now(), noticeUntil: nil, postedAt: nil, version: 1)
            let pairs = grids.indices.map { InspectionPair(team: grids[$0].id, target: grids[order[$0]].id, sheet: nil) }
            guard try store.insert(round, pairs: pairs) else { throw Conflict("round-exists") }
            try change.record("round.open", id, village: village, detail)
            return round
        }
    }
}

/// Sets how a village runs its rounds; a round that is open keeps what it was opened with.
package struct SetScheme: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope, ``Invalid``, ``Conflict``.
    package func callAsFunction(
        _ scheme: PointsScheme, of village: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        var validation = Validation()
        validation.check((1...20).contains(scheme.modelsPerGrid), at: "/models", "not-between", ["least": "1", "most": "20"])
        validation.check((0...30).contains(scheme.noticeDays), at: "/notice", "not-between", ["least": "0", "most": "30"])
        try validation.finish()
        try await desk.database.write { tx in
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            _ = try desk.village(village, in: scope, tx, principal.town)
            let detail = [
                "draw": scheme.draw.rawValue, "models": String(scheme.modelsPerGrid), "notice": String(scheme.noticeDays),
                "flag": scheme.flagScope.rawValue,
            ]
            if try change.isDone("scheme.set", village, detail) { return }
            try SchemeStore(tx, town: principal.town).put(scheme, of: village)
            try change.record("scheme.set", village, village: village, detail)
        }
    }
}
