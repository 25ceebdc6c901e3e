package import Directory
import Identity
package import Kernel
import Storage

/// Gives a household a new card when its old one is lost; from then on the old number opens nothing. 换卡
package struct RenewCard: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of reach or for a household without a wallet, ``Invalid`` without a reason, ``Conflict`` `request-reused`.
    package func callAsFunction(
        _ household: ID<Household>, reason: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Wallet {
        let scope = try principal.scope(for: .keepExchange)
        var validation = Validation()
        let reason = validation.text(reason, at: "/reason", limit: 200)
        try validation.finish()
        return try await desk.database.write { tx in
            let door = try desk.door(household, in: scope, tx, principal.town)
            let wallets = WalletStore(tx, town: principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            guard let before = try wallets.find(household) else { throw NotFound() }
            let detail = ["reason": reason]
            if try change.isDone("card.renew", household, detail) { return before }
            try wallets.renew(household, card: PublicNumber(random: desk.ambient.random()))
            try change.record("card.renew", household, village: door.village, detail)
            return try wallets.find(household) ?? before
        }
    }
}
