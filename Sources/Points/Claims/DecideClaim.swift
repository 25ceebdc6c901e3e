import Directory
import Identity
package import Kernel
import Storage

/// Approves or refuses a claim. An approval books in the same transaction, once. 审核
package struct DecideClaim: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope; ``Forbidden`` `chief-approves`, `own-claim`, `own-home`; ``Conflict`` `claim-decided`,
    ///   `cap-reached`, `nothing-to-deduct`, `request-reused`; ``Invalid`` when the rule binds the household no more.
    /// - Returns: the claim, and the cap that made it less than the rule says.
    package func approve(
        _ id: ID<Claim>, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> (claim: Claim, limitedBy: CapPeriod?) {
        try await decide(id, "claim.approve", by: principal, request) { claim, tx in
            let posted = try PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient).post(
                Posting(
                    id: ID(claim.id.uuid), household: claim.household, person: claim.person, rule: claim.rule, day: claim.day,
                    cause: claim.asked > 0 ? .claim : .award, causeID: ID(claim.id.uuid), note: claim.words))
            return (.approved, "", posted.entry.effect, posted.limitedBy)
        }
    }

    /// - Parameter reason: the household reads it.
    /// - Throws: as ``approve(_:by:request:)``, and ``Invalid`` without a reason.
    package func refuse(
        _ id: ID<Claim>, reason: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Claim {
        var validation = Validation()
        let reason = validation.text(reason, at: "/reason", limit: 200)
        try validation.finish()
        return try await decide(id, "claim.refuse", by: principal, request) { _, _ in (.refused, reason, nil, nil) }.claim
    }

    private func decide(
        _ id: ID<Claim>, _ act: String, by principal: Principal, _ request: ID<PointsEvent>,
        outcome: @escaping @Sendable (Claim, any Transaction) throws -> (Claim.Stage, String, Int?, CapPeriod?)
    ) async throws -> (claim: Claim, limitedBy: CapPeriod?) {
        let scope = try principal.scope(for: .awardPoints)
        return try await desk.database.write { tx in
            let claims = ClaimStore(tx, town: principal.town)
            guard let claim = try claims.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone(act, id, [:]) { return (claim, nil) }
            try ClaimRules.checkPending(claim.stage)
            try checkDecider(of: claim, principal, tx)
            let (stage, reason, points, limit) = try outcome(claim, tx)
            let decision = Claim.Decision(
                account: principal.account, post: principal.post, at: desk.ambient.now(), reason: reason, points: points)
            guard try claims.decide(claim, as: stage, decision) else { throw Conflict("claim-decided") }
            try change.record(act, id, village: claim.village)
            return (try claims.find(id, in: scope) ?? claim, limit)
        }
    }

    /// Whether this one may decide: the rule's approver, not on one's own account.
    func checkDecider(of claim: Claim, _ principal: Principal, _ tx: any Transaction) throws {
        let doors = DoorStore(tx, town: principal.town)
        let kinds = try doors.kinds(of: claim.household, on: claim.day)
        let set = try AudienceRules.audience(of: kinds).flatMap {
            try RuleSetStore(tx, town: principal.town).inForce(claim.village, $0, on: claim.day)
        }
        let isChief = principal.grants[.managePoints].map { $0.covers([claim.village]) } ?? false
        guard isChief || set?.rule(claim.rule)?.approver != .chief else { throw Forbidden("chief-approves") }
        let livesThere = try principal.person.map { try doors.lives($0, in: claim.household, on: desk.today) } ?? false
        try ClaimRules.checkDecider(principal.account, enteredBy: claim.enteredBy, livesThere: livesThere)
    }
}
