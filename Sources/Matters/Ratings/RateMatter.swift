package import Kernel
import Storage

/// Takes down what a reporter says themselves of how their matter was handled 群众评价. "Not satisfied" opens it again, by the same path as
/// every follow-up that says so; "satisfied" is the follow-up that closes it where it is beyond doubt who says so.
package struct RateMatter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter principal: whoever is signed in, if anybody is.
    /// - Throws: ``Invalid``, ``NotFound``, also for restricted matters, of which the number's page says nothing; ``Forbidden``
    ///   `own-handling`, ``Conflict`` `rated-already`, `request-reused` or by ``RatingRules``.
    /// - Returns: the rating; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(
        _ order: RatingOrder, town: ID<Town>, by principal: Principal? = nil, address: String? = nil
    ) async throws -> Rating {
        let told = try Self.check(order)
        let attempt = RatingAttempt(
            desk: desk, told: told, digest: desk.digest(order.fields), town: town, principal: principal, address: address)
        do {
            return try await rate(attempt)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            // Somebody acted meanwhile, or the clocks did. Whoever rates has seen no version, so it is looked at again.
            return try await rate(attempt)
        }
    }

    /// What is wrong with a rating whatever it is of.
    private static func check(_ order: RatingOrder) throws(Invalid) -> ToldRating {
        var validation = Validation()
        validation.check(order.satisfied != nil, at: "/satisfied", "rating-answer")
        validation.check(order.stars != nil, at: "/stars", "rating-score")
        validation.check(order.stars.map((1...5).contains) ?? true, at: "/stars", "not-a-choice")
        let words = validation.text(order.words, at: "/words", limit: Matter.noteLimit, required: false)
        let name = validation.text(order.name, at: "/name", limit: QuoteRules.nameLimit, required: false)
        if let stars = order.stars, let satisfied = order.satisfied, (1...5).contains(stars) {
            validation.check(RatingRules.agrees(stars, satisfied: satisfied), at: "/stars", "rating-disagrees")
            if order.mayQuote, let missing = QuoteRules.missing(satisfied: satisfied, stars: stars, words: words) {
                validation.check(false, at: "/quote", missing)
            }
        }
        try validation.finish()
        guard let satisfied = order.satisfied, let stars = order.stars else { throw Invalid("/satisfied", "rating-answer") }
        return ToldRating(order: order, satisfied: satisfied, stars: stars, words: words, name: order.mayQuote ? name : "")
    }

    private func rate(_ attempt: RatingAttempt) async throws -> Rating {
        let desk = desk
        let judgement = try await desk.database.read { tx in try attempt.look(tx) }
        switch judgement.effect {
        case nil: return judgement.rating
        case .keeps:
            return try await desk.database.write { tx in
                let now = try attempt.look(tx)
                guard let effect = now.effect else { return now.rating }
                guard effect == .keeps else { throw Conflict("stale") }
                try attempt.record(now.rating, tx)
                return now.rating
            }
        case .closes, .reopens:
            try await followUp(attempt, judgement)
            return judgement.rating
        }
    }

    /// The follow-up that the rating is.
    private func followUp(_ attempt: RatingAttempt, _ judgement: RatingAttempt.Judgement) async throws {
        let (rating, now) = (judgement.rating, desk.ambient.now())
        let deed = Deed(
            id: ID(rating.id.uuid), matter: rating.matter, version: judgement.version, town: attempt.town, principal: nil,
            address: attempt.address, photos: [])
        var facts = MatterEvent.Facts()
        (facts.way, facts.satisfied, facts.rating, facts.note) = (.ownLink, rating.satisfied, rating.stars, rating.words)
        let perform = PerformAct(desk: desk, act: .followUp, kind: .followedUp, opensClosed: judgement.isClosed)
        _ = try await perform(deed, facts, also: { tx in try attempt.record(rating, tx) }) { matter, scene in
            matter.stage = StageRules.afterFollowUp(satisfied: rating.satisfied)
            matter.closedAt = rating.satisfied ? now : nil
            guard !rating.satisfied else { return }
            matter.reopened += 1
            matter.outcome = nil
            matter.holder = RoutingRules.afterReopening(matter.reopened, from: matter.holder, path: scene.path)
        }
    }
}
