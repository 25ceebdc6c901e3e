package import Kernel

/// What becomes of two matters that are the same thing, and of one that turns out not to be 并案、拆分 (docs/decisions/0019).
package enum MergeRules {
    /// - Throws: ``Conflict`` with the reason why `source` cannot go into `target`.
    package static func check(_ source: Matter, into target: Matter) throws(Conflict) {
        guard source.id != target.id else { throw Conflict("merge-itself") }
        guard source.stage != .merged, target.stage != .merged else { throw Conflict("part-of-another") }
        guard source.stage.isOpen, target.stage.isOpen else { throw Conflict("closed") }
        // Whoever reported an open one would be told of a restricted one, or be told nothing any more.
        guard source.isRestricted == target.isRestricted else { throw Conflict("merge-restricted") }
        // Nothing that must go on is put aside by making it part of what stands still.
        let stands: [ClockStanding.State] = [.paused, .shelved]
        guard !stands.contains(target.clock.state) else { throw Conflict("merge-paused") }
    }

    /// The heaviest: what is urgent for one is urgent for all; what needs money is more than what does not.
    package static func tier(_ tiers: [Tier]) -> Tier {
        [.urgent, .hard].first { tiers.contains($0) } ?? .small
    }

    /// Whoever is the highest of: who holds the target, the level that holds the source, and the level at which the tier starts.
    /// - Parameter path: the rungs down to the target's place.
    package static func holder(of target: Holder, with source: Holder, _ tier: Tier, path: [Rung]) -> Holder {
        let level = min(source.level, RoutingRules.start(tier, path: path).level)
        guard level < target.level else { return target }
        return RoutingRules.nearest(atMost: level, path)
    }

    /// What of the source's clocks counts for the target from now on: each that would be over before the target's own. So the one that was
    /// reported first, or that is more urgent, gives the pace, with the time that it had left. What is done for the target is done for both.
    /// - Parameters:
    ///   - source: its clocks as of now.
    ///   - target: its clocks as of now.
    ///   - stage: the target's. What somebody has looked at already waits for no first response any more.
    package static func taken(_ source: [MatterClock], by target: [MatterClock], at stage: MatterStage) -> [TakenClock] {
        let kinds: [MatterClock.Kind] = stage == .collected ? [.respond, .finish] : [.finish]
        return kinds.compactMap { kind in
            guard let other = source.last(where: { $0.kind == kind && !$0.isStopped }), let due = other.due else { return nil }
            let own = target.last { $0.kind == kind }
            if let own {
                guard !own.isStopped, !own.isBreached, due < own.due ?? ClockStanding.never else { return nil }
            }
            return TakenClock(kind: kind, limit: other.limit, start: other.start, used: other.used, budget: other.budget)
        }
    }
}

/// A clock that goes on in another matter: its limit, when it began, and what was used of what there is.
package struct TakenClock: Hashable, Sendable {
    package let kind: MatterClock.Kind
    package let limit: TimeLimit
    package let start: Instant
    package let used: Span
    package let budget: Span

    package init(kind: MatterClock.Kind, limit: TimeLimit, start: Instant, used: Span, budget: Span) {
        (self.kind, self.limit, self.start, self.used, self.budget) = (kind, limit, start, used, budget)
    }
}
