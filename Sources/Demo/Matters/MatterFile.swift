import Kernel
import Matters

/// A matter with everything that happened to it so far.
struct MatterFile: Sendable {
    let matter: Matter
    let events: [MatterEvent]
    let reporter: Reporter?
}

/// The life of one matter, told act by act under the rules of the product, until the day the town is made.
struct MatterLife {
    private(set) var matter: Matter
    private(set) var events: [MatterEvent]
    /// When the latest act was.
    private(set) var at: Instant
    /// From the village down to its place.
    let path: [Rung]
    private let end: Instant

    /// - Parameter actor: whoever wrote down what somebody else said; nil for a resident's own report.
    init(_ matter: Matter, path: [Rung], by actor: MatterEvent.Actor?, until end: Instant) {
        self.matter = matter
        self.path = path
        self.end = end
        at = matter.reportedAt
        events = [
            MatterEvent(
                id: ID(matter.id.uuid), matter: matter.id, kind: .reported, at: matter.reportedAt, actor: actor, fromStage: nil,
                toStage: .collected, fromHolder: nil, toHolder: matter.holder, version: 1)
        ]
    }

    /// Everybody who checked or handled it so far: not to follow it up.
    var handlers: Set<ID<AccountNode>> {
        Set(events.filter { $0.kind == .siteChecked || $0.kind == .handled }.compactMap { $0.actor?.account })
    }

    /// - Returns: false when the act would lie after the end, so it has not happened yet.
    mutating func check(
        at instant: Instant, by actor: MatterEvent.Actor?, _ finding: Finding, note: String = "", reply: String = "",
        _ chance: inout Chance
    ) -> Bool {
        let (stage, outcome) = StageRules.after(finding)
        var facts = MatterEvent.Facts()
        (facts.finding, facts.outcome, facts.note, facts.reply) = (finding, outcome, note, reply)
        return act(.siteCheck, .siteChecked, at: instant, by: actor, facts, &chance) { matter in
            matter.stage = stage
            matter.outcome = outcome
        }
    }

    mutating func handle(
        at instant: Instant, by actor: MatterEvent.Actor?, _ outcome: Outcome, reply: String, note: String = "",
        _ chance: inout Chance
    ) -> Bool {
        var facts = MatterEvent.Facts()
        (facts.outcome, facts.reply, facts.note) = (outcome, reply, note)
        return act(.handle, .handled, at: instant, by: actor, facts, &chance) { matter in
            matter.stage = .handled
            matter.outcome = outcome
        }
    }

    mutating func escalate(at instant: Instant, by actor: MatterEvent.Actor?, reason: String, _ chance: inout Chance) -> Bool {
        guard let holder = try? RoutingRules.up(from: matter.holder, path: path) else { return true }
        return act(.escalate, .escalated, at: instant, by: actor, Self.facts(reason: reason), &chance) { $0.holder = holder }
    }

    mutating func `return`(at instant: Instant, by actor: MatterEvent.Actor?, reason: String, _ chance: inout Chance) -> Bool {
        guard let holder = try? RoutingRules.down(from: matter.holder, path: path) else { return true }
        return act(.return, .returned, at: instant, by: actor, Self.facts(reason: reason), &chance) { matter in
            matter.holder = holder
            matter.returned += 1
        }
    }

    mutating func followUp(
        at instant: Instant, by actor: MatterEvent.Actor?, _ way: FollowUpWay, satisfied: Bool, rating: Int?, note: String = "",
        _ chance: inout Chance
    ) -> Bool {
        var facts = MatterEvent.Facts()
        (facts.way, facts.satisfied, facts.rating, facts.note) = (way, satisfied, rating, note)
        let path = path
        return act(.followUp, .followedUp, at: instant, by: actor, facts, &chance) { matter in
            matter.stage = StageRules.afterFollowUp(satisfied: satisfied)
            if satisfied {
                matter.closedAt = instant
            } else {
                matter.reopened += 1
                matter.outcome = nil
                matter.holder = RoutingRules.afterReopening(matter.reopened, from: matter.holder, path: path)
            }
        }
    }

    private static func facts(reason: String) -> MatterEvent.Facts {
        var facts = MatterEvent.Facts()
        facts.reason = reason
        return facts
    }

    private mutating func act(
        _ act: MatterAct, _ kind: MatterEvent.Kind, at instant: Instant, by actor: MatterEvent.Actor?, _ facts: MatterEvent.Facts,
        _ chance: inout Chance, _ change: (inout Matter) -> Void
    ) -> Bool {
        guard instant < end, StageRules.allows(act, in: matter.stage) else { return false }
        let before = matter
        change(&matter)
        matter.version = before.version + 1
        events.append(
            MatterEvent(
                id: chance.newID(at: instant), matter: matter.id, kind: kind, at: instant, actor: actor, fromStage: before.stage,
                toStage: matter.stage, fromHolder: before.holder, toHolder: matter.holder, version: matter.version, facts: facts))
        at = instant
        return true
    }
}
