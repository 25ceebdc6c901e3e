package import Kernel
import Storage

/// One message on its way to one subscriber, and how that went. 投递
package struct Dispatch: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable, SQLValue {
        case waiting
        case arrived
        /// Given up: refused for good, or tried too often. May be sent again by hand.
        case dead
        /// There was nobody to tell, or nothing to say any more.
        case dropped
    }

    package let id: ID<Dispatch>
    package let town: ID<Town>
    package let subscriber: ID<Subscriber>
    package let message: ID<OutboxMessage>
    package let topic: String
    /// JSON.
    package let payload: String
    /// When what it tells happened.
    package let at: Instant
    /// The person to tell, for those who tell people one by one; empty otherwise.
    package let recipient: String
    package let state: State
    package let attempts: Int
    package let dueAt: Instant
    package let doneAt: Instant?
    package let lastError: String?
}
