import Kernel

/// Asks whoever reported, or looks at the spot, whether it is done 回访. Only this closes a matter; "not satisfied" opens it again
/// and counts (domain.md F18, design.md rule 4).
package struct FollowUpMatter: Sendable {
    private let perform: PerformAct

    package init(_ desk: MatterDesk) { perform = PerformAct(desk: desk, act: .followUp, kind: .followedUp) }

    /// - Parameters:
    ///   - rating: 1 to 5; must agree with `satisfied`: 1 and 2 say no, 4 and 5 say yes (domain.md F21).
    ///   - note: what was said, for the staff.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden`` `own-handling`, ``Conflict``.
    package func callAsFunction(
        _ order: ActOrder, way: FollowUpWay?, satisfied: Bool?, rating: Int? = nil, note: String = ""
    ) async throws -> Matter {
        var validation = Validation()
        var facts = MatterEvent.Facts()
        validation.check(way != nil, at: "/way", "required")
        validation.check(way != .ownLink, at: "/way", "not-a-choice")
        validation.check(satisfied != nil, at: "/satisfied", "required")
        if let rating {
            validation.check((1...5).contains(rating), at: "/rating", "not-a-choice")
            let agrees = satisfied.map { RatingRules.agrees(rating, satisfied: $0) } ?? true
            validation.check(agrees, at: "/rating", "rating-disagrees")
        }
        facts.note = validation.text(note, at: "/note", limit: Matter.noteLimit, required: false)
        validation.order(order)
        try validation.finish()
        guard let satisfied else { throw Invalid("/satisfied", "required") }
        facts.way = way
        facts.satisfied = satisfied
        facts.rating = rating
        let now = perform.desk.ambient.now()
        return try await perform(order, facts) { matter, scene in
            matter.stage = StageRules.afterFollowUp(satisfied: satisfied)
            if satisfied {
                matter.closedAt = now
            } else {
                matter.reopened += 1
                matter.outcome = nil
                matter.holder = RoutingRules.afterReopening(matter.reopened, from: matter.holder, path: scene.path)
            }
        }
    }
}
