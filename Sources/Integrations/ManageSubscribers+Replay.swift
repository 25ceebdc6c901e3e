package import Delivery
import Identity
package import Kernel
import Storage

extension ManageSubscribers {
    /// Sends one message again.
    /// - Throws: ``Forbidden``; ``NotFound`` when the subscriber never was to get it.
    package func replay(_ dispatch: ID<Dispatch>, of id: ID<Subscriber>, by principal: Principal) async throws {
        let now = ambient.now()
        try await change(id, "subscriber.replay", by: principal) { tx, subscriber in
            guard try ReplayStore(tx).again(dispatch, of: subscriber, at: now) else { throw NotFound() }
            return ["dispatch": dispatch.description]
        }
    }

    /// Sends again everything written between two times that is still kept, and what the subscriber missed while it was off.
    /// - Returns: how many messages.
    /// - Throws: ``Forbidden``, ``NotFound``; ``Invalid`` `dates-reversed`.
    package func replay(
        from: Instant, to: Instant, of id: ID<Subscriber>, words: MessageWords, by principal: Principal
    ) async throws -> Int {
        guard from <= to else { throw Invalid("/to", "dates-reversed") }
        let (now, sent) = (ambient.now(), Guarded(0))
        try await change(id, "subscriber.replay", by: principal) { [ambient] tx, subscriber in
            let store = ReplayStore(tx)
            let messages = try store.messages(subscriber.town, from: from, to: to).filter { subscriber.wants($0.topic) }
            for stretch in stride(from: 0, to: messages.count, by: 500).map({ messages[$0..<min($0 + 500, messages.count)] }) {
                _ = try store.again(stretch.map(\.id), of: subscriber, at: now)
                for message in stretch {
                    for recipient in try words.recipients(message, subscriber, tx) {
                        try DispatchStore(tx).add(message.id, to: subscriber, recipient: recipient, id: ambient.newID())
                    }
                }
            }
            sent.withLock { $0 = messages.count }
            return ["from": from.rfc3339, "to": to.rfc3339, "messages": String(messages.count)]
        }
        return sent.withLock { $0 }
    }
}
