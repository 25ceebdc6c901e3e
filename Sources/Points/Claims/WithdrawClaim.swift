import Directory
import Identity
package import Kernel
import Storage

/// Takes one's own claim back before anybody has decided. 撤回申领
package struct WithdrawClaim: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for a claim that is not one's own, ``Conflict`` `claim-decided`.
    package func callAsFunction(_ id: ID<Claim>, by principal: Principal, request: ID<PointsEvent>) async throws -> Claim {
        try await desk.database.write { tx in
            let claims = ClaimStore(tx, town: principal.town)
            guard let claim = try claims.made(by: id)?.claim, claim.enteredBy == principal.account else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("claim.withdraw", id, [:]) { return claim }
            try ClaimRules.checkPending(claim.stage)
            let decision = Claim.Decision(
                account: principal.account, post: principal.post, at: desk.ambient.now(), reason: "", points: nil)
            guard try claims.decide(claim, as: .withdrawn, decision) else { throw Conflict("claim-decided") }
            try change.record("claim.withdraw", id, village: claim.village)
            return try claims.made(by: id)?.claim ?? claim
        }
    }
}
