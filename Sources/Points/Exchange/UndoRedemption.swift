import Directory
import Identity
package import Kernel
import Storage

/// Undoes a redemption: a slip at the till 撤销, or goods that were brought back 退货. The points go back to the household in the same
/// transaction.
package struct UndoRedemption: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - stage: ``Redemption/Stage/cancelled`` or ``Redemption/Stage/returned``.
    ///   - isBack: whether the goods go back on the shelf; those of a slip always do.
    ///   - reason: why; the household reads it.
    /// - Throws: ``NotFound`` out of reach, ``Invalid`` without a reason, ``Conflict`` as ``ExchangeRules/checkUndoing(_:as:on:takenOn:)``,
    ///   `request-reused`.
    package func callAsFunction(
        _ id: ID<Redemption>, as stage: Redemption.Stage, isBack: Bool, reason: String, by principal: Principal,
        request: ID<PointsEvent>
    ) async throws -> Redemption {
        let scope = try principal.scope(for: .sellPoints)
        var validation = Validation()
        let reason = validation.text(reason, at: "/reason", limit: 200)
        validation.check(stage != .done, at: "/stage", "not-a-choice")
        try validation.finish()
        let goesBack = isBack || stage == .cancelled
        let detail = ["stage": stage.rawValue, "back": goesBack ? "yes" : "no"]
        return try await desk.database.write { tx in
            let store = RedemptionStore(tx, town: principal.town)
            guard let redemption = try store.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("redemption.undo", id, detail) { return redemption }
            try ExchangeRules.checkUndoing(redemption, as: stage, on: desk.today, takenOn: redemption.at.day())
            let now = desk.ambient.now()
            guard try store.end(redemption, as: stage, reason: reason, at: now) else { throw Conflict("already-undone") }
            _ = try PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient).reverse(
                ID(id.uuid), as: ID(request.uuid), cause: .refund, causeID: ID(id.uuid), note: reason)
            if goesBack {
                let goods = GoodStore(tx, town: principal.town)
                guard try goods.move(redemption.good, by: redemption.count) else { throw NotFound() }
                try goods.append(
                    StockMovement(
                        id: ID(request.uuid), good: redemption.good, kind: .return_, change: redemption.count, cause: ID(id.uuid),
                        note: reason, at: now), of: redemption.village, by: principal)
            }
            try change.record("redemption.undo", id, village: redemption.village, detail)
            return try store.find(id, in: scope) ?? redemption
        }
    }
}
