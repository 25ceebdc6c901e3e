package import Kernel

/// A message that must leave the process: written in the transaction of what it tells, delivered afterwards at least once.
package struct OutboxMessage: Sendable, Hashable {
    /// Also the receiver's means to recognise a second delivery.
    package let id: ID<OutboxMessage>
    package let town: ID<Town>
    /// What it tells, such as `matter.reported`.
    package let topic: String
    /// JSON.
    package let payload: String
    package let attempts: Int

    package init(id: ID<OutboxMessage>, town: ID<Town>, topic: String, payload: String, attempts: Int = 0) {
        self.id = id
        self.town = town
        self.topic = topic
        self.payload = payload
        self.attempts = attempts
    }
}
