import Kernel
import Storage

/// What a number leads to, as far as rating is concerned.
struct RatingScene: Sendable {
    let matter: Matter
    let rater: Rater
    /// What can be rated now.
    let round: Int?
    /// What they said last of this matter.
    let last: Rating?
    /// What of theirs is quoted, or was.
    let quote: Quote?

    /// Nil when nobody was given the number, and for restricted matters, of which the number's page says nothing.
    init?(_ number: PublicNumber, town: ID<Town>, _ tx: any Transaction) throws {
        let ratings = RatingStore(tx, town: town)
        guard let matter = try NumberLead(number, town: town, tx)?.matter, !matter.isRestricted,
            let rater = try ratings.rater(number)
        else { return nil }
        self.matter = matter
        self.rater = rater
        round = RatingRules.round(try MatterEventStore(tx, town: town).history(of: matter.id))
        last = try ratings.ratings(of: matter.id, by: rater.id).first
        quote = try QuoteStore(tx, town: town).newest(by: rater.id)
    }

    /// Whether the page offers to rate. Of a matter that is closed both answers may be given; of one that waits, too.
    func mayRate(at now: Instant) -> Bool {
        guard let round, last?.round != round else { return false }
        return (try? RatingRules.effect(matter.stage, closedAt: matter.closedAt, satisfied: true, isProven: false, at: now))
            != nil
    }
}
