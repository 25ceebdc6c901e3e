import Identity
import Kernel
import Storage

/// A rating in which nothing is missing.
struct ToldRating: Sendable {
    let order: RatingOrder
    let satisfied: Bool
    let stars: Int
    let words: String
    /// Empty unless they may be quoted.
    let name: String
}

/// One rating on its way in.
struct RatingAttempt: Sendable {
    /// What there is to rate, and what rating it does.
    struct Judgement: Sendable {
        let rating: Rating
        /// Nil when it has been taken in before, so that this is a retry.
        let effect: RatingRules.Effect?
        let version: Int
        let isClosed: Bool
    }

    let desk: MatterDesk
    let told: ToldRating
    let digest: String
    let town: ID<Town>
    let principal: Principal?
    let address: String?

    /// - Throws: ``NotFound``, ``Invalid`` `rating-code`, ``Forbidden`` `own-handling`, ``Conflict``.
    func look(_ tx: any Transaction) throws -> Judgement {
        let order = told.order
        if let made = try RatingStore(tx, town: town).made(by: order.id) {
            guard made.digest == digest else { throw Conflict("request-reused") }
            return Judgement(rating: made.rating, effect: nil, version: 0, isClosed: false)
        }
        guard let scene = try RatingScene(order.number, town: town, tx) else { throw NotFound() }
        let (matter, now) = (scene.matter, desk.ambient.now())
        if let principal {
            let handlers = try MatterEventStore(tx, town: town).handlers(of: matter.id)
            try ActorRules.checkFollowUp(by: principal.account, handlers: handlers)
        }
        let effect = try RatingRules.effect(
            matter.stage, closedAt: matter.closedAt, satisfied: told.satisfied, isProven: try isProven(scene), at: now)
        guard let round = scene.round else { throw Conflict("not-handled-yet") }
        guard scene.last?.round != round else { throw Conflict("rated-already") }
        let rating = Rating(
            id: order.id, matter: matter.id, village: matter.place.village, round: round, rater: scene.rater.id,
            number: order.number, satisfied: told.satisfied, stars: told.stars, words: told.words, at: now)
        return Judgement(rating: rating, effect: effect, version: matter.version, isClosed: matter.stage == .closed)
    }

    /// By the code of the text message, or by the account that reported. A wrong code is told, as nobody means to send one.
    private func isProven(_ scene: RatingScene) throws -> Bool {
        if let round = scene.round, !told.order.code.trimmed.isEmpty {
            let isRight = RatingCode(vault: desk.vault).isRight(told.order.code, scene.matter.id, round: round, scene.rater.id)
            guard isRight else { throw Invalid("/code", "rating-code") }
            return true
        }
        return principal != nil && principal?.account == scene.rater.account
    }

    /// Writes the rating, what they agreed to, and that it was done.
    /// - Throws: ``Conflict`` `rated-already`.
    func record(_ rating: Rating, _ tx: any Transaction) throws {
        guard try RatingStore(tx, town: town).insert(rating, digest: digest) else { throw Conflict("rated-already") }
        if told.order.mayQuote {
            let store = QuoteStore(tx, town: town)
            try store.insert(
                Quote(
                    rating: rating.id, matter: rating.matter, village: rating.village, state: .waiting, name: told.name,
                    at: rating.at))
            try store.add(
                QuoteChange(id: ID(rating.id.uuid), rating: rating.id, state: .waiting, at: rating.at, actor: nil, reason: ""))
        }
        try AuditTrail(tx).record(
            "matter.rate", by: principal, town: town, subject: rating.matter.description,
            detail: ["stars": String(rating.stars), "quote": String(told.order.mayQuote)], address: address, ambient: desk.ambient
        )
    }
}
