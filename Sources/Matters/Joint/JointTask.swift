package import Kernel
import Storage

/// What one unit outside the grids is asked to do for a matter 协办; asked of a department it is 吹哨 (domain.md F19, §4 row 6).
///
/// The matter stays where it is and its own clock goes on.
package struct JointTask: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable, Codable, SQLValue {
        /// Waits for the unit to say whether it takes it.
        case asked
        case accepted
        /// Sent back with a reason; waits for whoever asked.
        case refused
        /// The town office has asked again after a refusal; the unit takes it now.
        case insisted
        /// The unit says it is done; waits for whoever asked to confirm.
        case done
        case confirmed
        /// Whoever asked needs it no more.
        case withdrawn

        package var isOpen: Bool { self != .confirmed && self != .withdrawn }
        /// Whether the next step is the unit's.
        package var isWithUnit: Bool { [.asked, .accepted, .insisted].contains(self) }
    }

    package let id: ID<JointTask>
    package let matter: ID<Matter>
    package let unit: ID<JointUnit>
    /// What is asked, and why of this unit. Both are for the unit to read.
    package let asked: String
    package let reason: String
    package let respondWithin: TimeLimit
    package let finishWithin: TimeLimit
    /// The village or the town, to whom answers go.
    package let asker: Holder
    package let at: Instant
    package var state: State
    package var wasInsisted: Bool
    /// By when the unit's next step is due; ``ClockStanding/never`` while it has none.
    package var due: Instant
    /// The next moment at which its clock brings something about.
    package var check: Instant
    package var breaches: Int
    package var version: Int

    package init(
        id: ID<JointTask>, matter: ID<Matter>, unit: ID<JointUnit>, asked: String, reason: String, respondWithin: TimeLimit,
        finishWithin: TimeLimit, asker: Holder, at: Instant, state: State = .asked, wasInsisted: Bool = false,
        due: Instant = ClockStanding.never, check: Instant = ClockStanding.never, breaches: Int = 0, version: Int = 1
    ) {
        (self.id, self.matter, self.unit, self.asked, self.reason) = (id, matter, unit, asked, reason)
        (self.respondWithin, self.finishWithin, self.asker, self.at) = (respondWithin, finishWithin, asker, at)
        (self.state, self.wasInsisted, self.due, self.check) = (state, wasInsisted, due, check)
        (self.breaches, self.version) = (breaches, version)
    }

    package func isLate(at now: Instant) -> Bool { state.isWithUnit && due < now }
}

/// What can be done with a joint task.
package enum JointAct: String, Sendable, CaseIterable, Codable {
    case accept
    case refuse
    case finish
    case confirm
    case sendBack = "send-back"
    case insist
    case withdraw

    /// Whether it is the unit's to do, and not the asker's.
    package var isUnits: Bool { [.accept, .refuse, .finish].contains(self) }
}

/// One entry of a joint task's history, appended and never changed.
package struct JointEvent: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        case asked
        case accepted
        case refused
        case insisted
        case finished
        case confirmed
        case sentBack = "sent-back"
        case withdrawn
        /// What the unit's clock brought about.
        case warning
        case breach
    }

    package let id: ID<JointEvent>
    package let task: ID<JointTask>
    package let kind: Kind
    package let at: Instant
    /// Nil for what the clock did by itself.
    package let actor: MatterEvent.Actor?
    package let words: String
    /// The task's version after it.
    package let version: Int
    package let mark: String?

    package init(
        id: ID<JointEvent>, task: ID<JointTask>, kind: Kind, at: Instant, actor: MatterEvent.Actor?, words: String = "",
        version: Int, mark: String? = nil
    ) {
        (self.id, self.task, self.kind, self.at) = (id, task, kind, at)
        (self.actor, self.words, self.version, self.mark) = (actor, words, version, mark)
    }
}
