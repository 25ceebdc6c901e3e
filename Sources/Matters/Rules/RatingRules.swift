package import Kernel

/// What a reporter's own rating does 群众评价 (domain.md F18, F21; decision 0024).
package enum RatingRules {
    package enum Effect: Sendable, Equatable, CaseIterable {
        /// It is kept; the matter stays as it is.
        case keeps
        /// It is the follow-up that ends the matter.
        case closes
        /// It is the follow-up that opens it again.
        case reopens
    }

    /// How long after the closing a matter can be rated, and with that be opened again.
    package static let window = Span.days(30)

    /// - Parameter isProven: whether the rating comes from the reporter themselves beyond doubt. The staff know the number, too, and nobody
    ///   closes their own work with it.
    /// - Throws: ``Conflict`` `not-handled-yet`, `part-of-another` or `rating-over`.
    package static func effect(
        _ stage: MatterStage, closedAt: Instant?, satisfied: Bool, isProven: Bool, at now: Instant
    ) throws(Conflict) -> Effect {
        switch stage {
        case .collected, .accepted: throw Conflict("not-handled-yet")
        case .merged: throw Conflict("part-of-another")
        case .handled: return satisfied ? (isProven ? .closes : .keeps) : .reopens
        case .closed:
            guard let closedAt, now <= closedAt + window else { throw Conflict("rating-over") }
            return satisfied ? .keeps : .reopens
        }
    }

    /// What a rating is about, by the version in which the work was called done last: whoever has rated that has rated it, also when it was
    /// closed since. Nil before anything was done.
    package static func round(_ history: [MatterEvent]) -> Int? {
        history.last { $0.toStage == .handled && $0.fromStage != .handled }?.version
    }

    /// 1 and 2 say no, 4 and 5 say yes; 3 goes with either.
    package static func agrees(_ stars: Int, satisfied: Bool) -> Bool { satisfied ? stars >= 3 : stars <= 3 }

    /// From 4 on a rating is a good one.
    package static func isGood(_ stars: Int) -> Bool { stars >= 4 }

    /// The share of good ones in whole percent, rounded down; nil while there is none.
    package static func goodPercent(_ good: Int, of rated: Int) -> Int? { rated > 0 ? good * 100 / rated : nil }
}
