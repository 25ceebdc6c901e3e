import Directory
package import Kernel
import Storage

/// Closes a month: one household of each grid gets 50 points, and the travelling flag goes on (F52). 月度汇总
package struct CloseMonth: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter request: the id the month gets; a retry with the same one gives the same month.
    /// - Throws: ``NotFound`` out of scope; ``Conflict`` `already-closed`, `month-runs` before its last day has passed, `rounds-unposted`,
    ///   `no-rounds`, `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ key: MonthKey, of village: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> PointsMonth {
        let scope = try principal.scope(for: .managePoints)
        return try await desk.database.write { tx in
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            _ = try desk.village(village, in: scope, tx, principal.town, with: .crossInspections)
            let store = MonthStore(tx, town: principal.town)
            let (id, detail) = (change.newID(PointsMonth.self), ["month": key.description])
            if try change.isDone("month.close", id, detail), let month = try store.find(id) { return month }
            guard key.last < desk.today else { throw Conflict("month-runs") }
            let rounds = try RoundStore(tx, town: principal.town).rounds(of: village, in: key)
            guard !rounds.isEmpty else { throw Conflict("no-rounds") }
            guard rounds.allSatisfy({ $0.stage == .posted }) else { throw Conflict("rounds-unposted") }
            let scheme = try SchemeStore(tx, town: principal.town).scheme(of: village)
            let seed = DrawRules.seed(desk.ambient.random())
            let prizes = MonthRules.prizes(
                among: try ResultStore(tx, town: principal.town).leaders(of: village, in: key), flag: scheme.flagScope, seed: seed
            )
            let month = PointsMonth(
                id: id, village: village, month: key, rounds: rounds.count, flagScope: scheme.flagScope, seed: seed,
                closedAt: desk.ambient.now(), account: principal.account, post: principal.post)
            guard try store.insert(month, prizes: prizes) else { throw Conflict("already-closed") }
            try store.returnFlags(of: village, except: id, on: desk.today)
            let pinned = [rounds.last?.villagersSet, rounds.last?.tenantsSet].compactMap(\.self)
            let ledger = PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient)
            for prize in prizes {
                try ledger.postPrize(
                    Posting(
                        id: desk.ambient.newID(), household: prize.household, use: .travellingFlag, day: key.last, cause: .month,
                        causeID: ID(id.uuid), pinned: pinned))
            }
            try change.record("month.close", id, village: village, detail)
            return month
        }
    }
}

/// Writes down that a household has handed its flag back. 交还红旗
package struct ReturnFlag: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound``, ``Conflict`` `flag-not-out`, `request-reused`.
    package func callAsFunction(
        _ month: ID<PointsMonth>, grid: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        try await desk.database.write { tx in
            let store = MonthStore(tx, town: principal.town)
            guard let found = try store.find(month) else { throw NotFound() }
            _ = try desk.village(found.village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["grid": grid.description]
            if try change.isDone("flag.return", month, detail) { return }
            guard try store.returnFlag(of: month, grid: grid, on: desk.today) else { throw Conflict("flag-not-out") }
            try change.record("flag.return", month, village: found.village, detail)
        }
    }
}
