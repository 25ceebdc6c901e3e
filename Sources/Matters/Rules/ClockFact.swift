package import Kernel

/// Something that happened to a matter and that its clocks go by. In order of time; nothing counts before it happened, so what the
/// clocks said yesterday is never taken back by what is done today.
package struct ClockFact: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case reported
        /// Somebody has looked at it: the first response.
        case responded
        case handled
        /// A follow-up found it not done.
        case reopened
        case closed
        /// Stands still, and goes on by itself at `until`.
        case paused(until: Instant)
        /// Cannot be solved now; stands still until somebody takes it up again, and is looked at on a day 挂账.
        case shelved(review: Instant)
        case resumed
        case extended(TimeLimit)
        /// Went into another matter: its own time stands still, until it is one of its own again.
        case frozen
        case thawed
        /// Another matter's clock goes on in it.
        case took(TakenClock)
    }

    package let at: Instant
    package let kind: Kind

    package init(_ kind: Kind, at: Instant) {
        self.at = at
        self.kind = kind
    }
}

/// The limits that a matter was taken in with. Nil where another procedure decides.
package struct ClockLimits: Hashable, Sendable {
    package let respond: TimeLimit?
    package let finish: TimeLimit?
    package let followUp: TimeLimit?

    package init(respond: TimeLimit?, finish: TimeLimit?, followUp: TimeLimit?) {
        self.respond = respond
        self.finish = finish
        self.followUp = followUp
    }
}

/// A moment that the clocks themselves bring about, and that is written down once.
package struct ClockMark: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Most of the time is used.
        case warning
        /// The time is over 超期.
        case breach
        /// A pause has ended by itself.
        case resumed
        /// A matter on the long-term ledger is to be looked at again.
        case review
    }

    package let clock: MatterClock.Kind
    package let round: Int
    /// How many extensions, or for pauses how many pauses, came before.
    package let number: Int
    package let kind: Kind
    package let at: Instant

    /// By this it is known again, also when the calendar has changed since and it would now come at another time.
    package var key: String { "\(clock.rawValue).\(round).\(number).\(kind.rawValue)" }
}
