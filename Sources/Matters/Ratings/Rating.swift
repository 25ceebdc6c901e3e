package import Kernel

/// What a reporter says themselves of how their matter was handled 群众评价: once for each time that it was called done. Never changed.
package struct Rating: Hashable, Sendable {
    /// Made by whoever rates, so that a retry counts once.
    package let id: ID<Rating>
    package let matter: ID<Matter>
    package let village: ID<GridNode>
    /// The version of the matter in which the work was called done.
    package let round: Int
    /// Who rated: the reporter, or the matter they reported where they left nothing of themselves.
    package let rater: ID<Reporter>
    package let number: PublicNumber
    package let satisfied: Bool
    /// 1 to 5.
    package let stars: Int
    /// For the staff, unless they may be quoted.
    package let words: String
    package let at: Instant
}

/// A rating as it was sent.
package struct RatingOrder: Sendable {
    package let id: ID<Rating>
    package let number: PublicNumber
    package var satisfied: Bool?
    package var stars: Int?
    package var words: String
    /// As the text message told it; empty without one.
    package var code: String
    /// Whether they agree to be quoted.
    package var mayQuote: Bool
    /// What to call them there; empty for nothing.
    package var name: String

    package init(
        id: ID<Rating>, number: PublicNumber, satisfied: Bool?, stars: Int?, words: String = "", code: String = "",
        mayQuote: Bool = false, name: String = ""
    ) {
        (self.id, self.number, self.satisfied, self.stars) = (id, number, satisfied, stars)
        (self.words, self.code, self.mayQuote, self.name) = (words, code, mayQuote, name)
    }

    /// What tells a retry from another rating.
    var fields: [String] {
        [number.digits, satisfied.map(String.init) ?? "", stars.map(String.init) ?? "", words, code, String(mayQuote), name]
    }
}

/// Whoever has a number.
struct Rater: Hashable, Sendable {
    let id: ID<Reporter>
    /// Of a resident who was signed in when they reported.
    let account: ID<AccountNode>?
}

/// Thanks that a reporter agreed to have quoted.
package struct Quote: Hashable, Sendable {
    package let rating: ID<Rating>
    package let matter: ID<Matter>
    package let village: ID<GridNode>
    package let state: QuoteRules.State
    /// As they want to be called; empty for nothing, and once it is withdrawn.
    package let name: String
    package let at: Instant
}

/// One entry of what became of a quote. Never changed.
package struct QuoteChange: Hashable, Sendable {
    package let id: ID<QuoteChange>
    package let rating: ID<Rating>
    package let state: QuoteRules.State
    package let at: Instant
    /// Nil for the reporter.
    package let actor: MatterEvent.Actor?
    package let reason: String
}

/// A quote with what it quotes.
package struct QuoteLine: Hashable, Sendable {
    package let quote: Quote
    package let words: String
    package let stars: Int
    package let category: String
    package let grid: ID<GridNode>
    package let number: PublicNumber
}

/// How a village's reporters rated.
package struct RatingCount: Hashable, Sendable {
    package var rated = 0
    package var good = 0

    package var goodPercent: Int? { RatingRules.goodPercent(good, of: rated) }
}
