import Directory
package import Kernel
import Storage

/// Ends the inspection and puts its result on the notice board: from now on the households of the village may object (F51). 公示
package struct GiveNotice: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope; ``Conflict`` `round-closed` when it is not open any more, `sheets-missing`, `request-reused`.
    package func callAsFunction(_ id: ID<InspectionRound>, by principal: Principal, request: ID<PointsEvent>) async throws {
        try await desk.database.write { tx in
            let (round, change) = try RoundDesk(desk, tx, principal).managed(id, request)
            if try change.isDone("round.notice", id, [:]) { return }
            guard round.stage == .open else { throw Conflict("round-closed") }
            let store = RoundStore(tx, town: principal.town)
            guard try store.pairs(of: id).allSatisfy({ $0.sheet != nil }) else { throw Conflict("sheets-missing") }
            let scheme = try SchemeStore(tx, town: principal.town).scheme(of: round.village)
            try RoundDesk(desk, tx, principal).decide(round)
            let until = desk.today.adding(days: scheme.noticeDays)
            guard try store.move(id, to: .notice, noticeUntil: until, postedAt: nil, from: round.version) else {
                throw Conflict("stale")
            }
            try change.record("round.notice", id, village: round.village)
        }
    }
}

/// Books the points of a round whose notice period is over: 3 × 3 × 20 = 180 for three grids (F51). 入账
package struct PostRound: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound``; ``Conflict`` `already-posted`, `not-on-notice`, `notice-runs`, `objections-open`, `request-reused`.
    package func callAsFunction(_ id: ID<InspectionRound>, by principal: Principal, request: ID<PointsEvent>) async throws {
        try await desk.database.write { tx in
            let (round, change) = try RoundDesk(desk, tx, principal).managed(id, request)
            if try change.isDone("round.post", id, [:]) { return }
            guard round.stage != .posted else { throw Conflict("already-posted") }
            guard round.stage == .notice, let until = round.noticeUntil else { throw Conflict("not-on-notice") }
            // With a period of 0 days the day of the notice is the last one, and posting may follow at once.
            let scheme = try SchemeStore(tx, town: principal.town).scheme(of: round.village)
            guard desk.today > until || scheme.noticeDays == 0 else { throw Conflict("notice-runs") }
            guard try !SheetStore(tx, town: principal.town).objections(of: id).contains(where: { $0.stage == .open }) else {
                throw Conflict("objections-open")
            }
            let store = RoundStore(tx, town: principal.town)
            let ledger = PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient)
            for model in try store.models(of: id) {
                try ledger.postPrize(
                    Posting(
                        id: desk.ambient.newID(), household: model.household, use: .modelHousehold,
                        day: round.day(on: desk.today),
                        cause: .round, causeID: ID(id.uuid), pinned: [round.villagersSet] + (round.tenantsSet.map { [$0] } ?? []))
                )
            }
            guard
                try store.move(
                    id, to: .posted, noticeUntil: until, postedAt: desk.ambient.now(), from: round.version)
            else { throw Conflict("stale") }
            try change.record("round.post", id, village: round.village)
        }
    }
}

/// What the use cases of one round share.
struct RoundDesk {
    private let desk: PointsDesk
    private let tx: any Transaction
    private let principal: Principal

    init(_ desk: PointsDesk, _ tx: any Transaction, _ principal: Principal) {
        self.desk = desk
        self.tx = tx
        self.principal = principal
    }

    /// The round, for whoever runs the points of its village.
    /// - Throws: ``NotFound``.
    func managed(_ id: ID<InspectionRound>, _ request: ID<PointsEvent>) throws -> (InspectionRound, PointsChange) {
        let scope = try principal.scope(for: .managePoints)
        guard let round = try RoundStore(tx, town: principal.town).find(id) else { throw NotFound() }
        _ = try desk.village(round.village, in: scope, tx, principal.town, with: .crossInspections)
        return (round, PointsChange(tx, by: principal, request, desk.ambient))
    }

    /// Finds out who came out best, by the sheets that count now.
    func decide(_ round: InspectionRound) throws {
        let scheme = try SchemeStore(tx, town: principal.town).scheme(of: round.village)
        let models = RoundRules.models(
            among: try ResultStore(tx, town: principal.town).candidates(of: round), count: scheme.modelsPerGrid, seed: round.seed)
        try RoundStore(tx, town: principal.town).setModels(models, of: round.id)
    }
}
