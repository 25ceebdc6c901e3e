import Identity
package import Kernel
import Storage

/// Moves quoted thanks on: the office shows or hides them, the office or the reporter takes them back.
package struct DecideQuote: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter reason: needed by ``QuoteRules/needsReason(_:byReporter:)``. For the staff.
    /// - Throws: ``Invalid``, ``NotFound`` out of reach, ``Conflict`` by ``QuoteRules``, `stale`, `request-reused`.
    /// - Returns: its state; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(
        _ act: QuoteRules.Act?, _ rating: ID<Rating>, reason: String, by principal: Principal, request: ID<QuoteChange>,
        address: String? = nil
    ) async throws -> QuoteRules.State {
        let scope = try principal.scope(for: .keepQuotes)
        var validation = Validation()
        validation.check(act != nil, at: "/act", "required")
        let reason = validation.text(
            reason, at: "/reason", limit: QuoteRules.reasonLimit,
            required: act.map { QuoteRules.needsReason($0, byReporter: false) } ?? false)
        try validation.finish()
        guard let act else { throw Invalid("/act", "required") }
        let (desk, town) = (desk, principal.town)
        return try await desk.database.write { tx in
            guard let line = try QuoteStore(tx, town: town).find(rating, in: scope, RestrictedReach(principal)) else {
                throw NotFound()
            }
            return try move(line.quote, act, reason, town, principal, request, address, tx)
        }
    }

    /// The reporter does not want the newest of their thanks quoted any more.
    /// - Throws: ``NotFound`` where there are none, ``Conflict`` by ``QuoteRules``, `stale`, `request-reused`.
    @discardableResult
    package func withdraw(
        _ number: PublicNumber, town: ID<Town>, request: ID<QuoteChange>, address: String? = nil
    ) async throws -> QuoteRules.State {
        let desk = desk
        return try await desk.database.write { tx in
            guard let quote = try RatingScene(number, town: town, tx)?.quote else { throw NotFound() }
            // What they took back is not the newest any more where there are others.
            let done = try QuoteStore(tx, town: town).change(request)
            if let done, done.actor == nil, done.state == .withdrawn { return done.state }
            return try move(quote, .withdraw, "", town, nil, request, address, tx)
        }
    }

    /// - Parameter actor: nil for the reporter.
    private func move(
        _ quote: Quote, _ act: QuoteRules.Act, _ reason: String, _ town: ID<Town>, _ actor: Principal?,
        _ request: ID<QuoteChange>, _ address: String?, _ tx: any Transaction
    ) throws -> QuoteRules.State {
        let store = QuoteStore(tx, town: town)
        if let done = try store.change(request) {
            guard done.rating == quote.rating, done.actor?.account == actor?.account else { throw Conflict("request-reused") }
            return quote.state
        }
        let state = try QuoteRules.after(act, in: quote.state)
        let change = QuoteChange(
            id: request, rating: quote.rating, state: state, at: desk.ambient.now(),
            actor: actor.map { MatterEvent.Actor($0) }, reason: reason)
        guard try store.move(change, from: quote.state) else { throw Conflict("stale") }
        try AuditTrail(tx).record(
            "matter.quote-\(act.rawValue)", by: actor, town: town, subject: quote.matter.description,
            detail: ["rating": quote.rating.description], address: address, ambient: desk.ambient)
        return state
    }
}
