package import Kernel

/// One of a matter's clocks, as far as what happened to the matter says. A matter that is opened again starts another round.
package struct MatterClock: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case respond
        case finish
        case followUp = "follow-up"
    }

    package enum State: Hashable, Sendable {
        case running(since: Instant)
        /// - Parameter until: when it goes on by itself; nil on the long-term ledger.
        case paused(since: Instant, until: Instant?)
        case stopped(at: Instant)
    }

    package let kind: Kind
    package let round: Int
    package internal(set) var limit: TimeLimit
    package internal(set) var start: Instant
    /// The counting time there is, extensions included.
    package internal(set) var budget: Span
    /// What was used of it, up to the moment that was asked about.
    package internal(set) var used = Span.seconds(0)
    package internal(set) var state: State
    package internal(set) var extensions = 0
    package internal(set) var pauses = 0
    /// When the time is or was over, if nothing else happens; nil while it is on the long-term ledger.
    package internal(set) var due: Instant?
    /// In order of time; those to come are what happens if nothing else does.
    package internal(set) var marks: [ClockMark] = []
    /// Whether the time was over, before the moment that was asked about, since the last extension.
    package internal(set) var isBreached = false
    var isWarned = false
    /// What was used when the last extension was given: the warning goes by what is left from there.
    var usedBefore = Span.seconds(0)

    package var left: Span { Span(milliseconds: budget.milliseconds - used.milliseconds) }
    package var isStopped: Bool { if case .stopped = state { true } else { false } }
    package var isPaused: Bool { if case .paused = state { true } else { false } }

    init(_ kind: Kind, round: Int, limit: TimeLimit, start: Instant, budget: Span) {
        self.kind = kind
        self.round = round
        self.limit = limit
        self.start = start
        self.budget = budget
        state = .running(since: start)
    }
}
