package import Kernel

/// What may be done with a matter in each stage, and where it leads (domain.md F17, F18).
package enum StageRules {
    /// - Throws: ``Conflict`` with the reason why `act` cannot be done in `stage`.
    /// - Parameter opensClosed: whether the level above looks again at what was closed; only that may be looked at so.
    package static func check(_ act: MatterAct, in stage: MatterStage, opensClosed: Bool = false) throws(Conflict) {
        if opensClosed {
            guard stage == .closed else { throw Conflict("not-closed") }
            return
        }
        switch (act, stage) {
        case (_, .closed): throw Conflict("closed")
        case (_, .merged): throw Conflict("part-of-another")
        case (.siteCheck, .collected), (.handle, .accepted), (.followUp, .handled): return
        case (.escalate, .collected), (.escalate, .accepted), (.return, .collected), (.return, .accepted): return
        // Nothing is handled that nobody has seen.
        case (.handle, .collected): throw Conflict("site-check-first")
        case (.siteCheck, .accepted): throw Conflict("already-checked")
        case (.followUp, .collected), (.followUp, .accepted): throw Conflict("not-handled-yet")
        case (.siteCheck, .handled), (.handle, .handled), (.escalate, .handled), (.return, .handled):
            throw Conflict("already-handled")
        }
    }

    package static func allows(_ act: MatterAct, in stage: MatterStage) -> Bool { (try? check(act, in: stage)) != nil }

    /// The stage and outcome after an on-site check. "Not as reported" ends nothing by itself: it still has to be followed up.
    package static func after(_ finding: Finding) -> (stage: MatterStage, outcome: Outcome?) {
        switch finding {
        case .confirmed: (.accepted, nil)
        case .solvedOnSpot: (.handled, .resolved)
        case .notAsReported: (.handled, .notAsReported)
        }
    }

    /// The stage after a follow-up: only a satisfied one closes.
    package static func afterFollowUp(satisfied: Bool) -> MatterStage { satisfied ? .closed : .accepted }
}
