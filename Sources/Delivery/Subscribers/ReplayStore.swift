package import Kernel
package import Storage

/// Every statement that looks at what was sent and sends it again.
package struct ReplayStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    /// The latest ones of a subscriber, the newest first.
    package func latest(of subscriber: ID<Subscriber>, town: ID<Town>, state: Dispatch.State? = nil, limit: Int) throws
        -> [Dispatch]
    {
        let condition: SQL = if let state { " AND d.state = \(state)" } else { "" }
        return try tx.query(
            """
            SELECT \(DispatchStore.columns) FROM \(DispatchStore.joined) WHERE d.town_id = \(town) AND d.subscriber_id = \(subscriber)\(condition)
            ORDER BY d.id DESC LIMIT \(limit)
            """
        ).map(Dispatch.init(row:))
    }

    package func counts(of subscriber: ID<Subscriber>, town: ID<Town>) throws -> [Dispatch.State: Int] {
        let rows = try tx.query(
            """
            SELECT state, count(*) AS messages FROM dispatch WHERE town_id = \(town) AND subscriber_id = \(subscriber)
            GROUP BY state ORDER BY state
            """)
        return Dictionary(try rows.map { (try $0.get("state"), try $0.get("messages")) }) { first, _ in first }
    }

    /// How many were given up, of subscribers that are on.
    package func dead() throws -> Int {
        try tx.value(
            """
            SELECT count(*) FROM subscriber s JOIN dispatch d ON d.town_id = s.town_id AND d.subscriber_id = s.id
            WHERE s.is_on = 1 AND d.state = 'dead'
            """) ?? 0
    }

    /// Sends one again, as if for the first time.
    /// - Returns: false when the subscriber has no such one.
    package func again(_ id: ID<Dispatch>, of subscriber: Subscriber, at now: Instant) throws -> Bool {
        try tx.execute(
            """
            UPDATE dispatch SET state = 'waiting', attempts = 0, due_at = \(now), done_at = NULL
            WHERE town_id = \(subscriber.town) AND subscriber_id = \(subscriber.id) AND id = \(id)
            """) == 1
    }

    /// The messages that are still kept and were written between two times, both included.
    package func messages(_ town: ID<Town>, from: Instant, to: Instant) throws -> [OutboxMessage] {
        try tx.query(
            """
            SELECT id, town_id, topic, payload, attempts FROM outbox_message
            WHERE town_id = \(town) AND created_at >= \(from) AND created_at <= \(to) ORDER BY created_at, id
            """
        ).map(OutboxMessage.init(row:))
    }

    /// Sends again what a subscriber was sent of these messages.
    package func again(_ messages: [ID<OutboxMessage>], of subscriber: Subscriber, at now: Instant) throws -> Int {
        try tx.execute(
            """
            UPDATE dispatch SET state = 'waiting', attempts = 0, due_at = \(now), done_at = NULL
            WHERE town_id = \(subscriber.town) AND subscriber_id = \(subscriber.id) AND message_id IN (\(list: messages))
            """)
    }
}
