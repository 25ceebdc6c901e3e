package import Kernel
package import Storage

/// Every statement about messages on their way to subscribers.
package struct DispatchStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    static let columns: SQL =
        """
        d.town_id, d.id, d.subscriber_id, d.message_id, d.recipient, d.state, d.attempts, d.due_at, d.done_at, d.last_error,
        o.topic, o.payload, o.created_at
        """
    static let joined: SQL = "dispatch d JOIN outbox_message o ON o.town_id = d.town_id AND o.id = d.message_id"

    /// Puts a message on its way; once, however often. It is due since it was written, so the older one goes first.
    package func add(
        _ message: ID<OutboxMessage>, to subscriber: Subscriber, recipient: String, id: ID<Dispatch>
    ) throws {
        try tx.execute(
            """
            INSERT INTO dispatch (town_id, id, subscriber_id, message_id, recipient, state, attempts, due_at)
            SELECT o.town_id, \(id), \(subscriber.id), o.id, \(recipient), 'waiting', 0, o.created_at
            FROM outbox_message o WHERE o.town_id = \(subscriber.town) AND o.id = \(message)
            ON CONFLICT (town_id, subscriber_id, message_id, recipient) DO NOTHING
            """)
    }

    /// The subscribers for whom something is due, of those that are told.
    package func due(at now: Instant) throws -> [Subscriber] {
        try tx.query(
            """
            SELECT \(SubscriberStore.columns) FROM subscriber s WHERE s.is_on = 1 AND EXISTS (
                SELECT 1 FROM dispatch d WHERE d.town_id = s.town_id AND d.subscriber_id = s.id AND d.state = 'waiting' AND d.due_at <= \(now))
            ORDER BY s.town_id, s.id
            """
        ).map(Subscriber.init(row:))
    }

    /// Takes up to `limit` due ones of a subscriber for `lease`: another process will not take them until then.
    package func take(for subscriber: Subscriber, limit: Int, at now: Instant, lease: Span) throws -> [Dispatch] {
        let skip: SQL = tx.dialect == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
        let taken = try tx.query(
            """
            UPDATE dispatch SET due_at = \(now + lease), attempts = attempts + 1
            WHERE town_id = \(subscriber.town) AND id IN (
                SELECT id FROM dispatch WHERE town_id = \(subscriber.town) AND subscriber_id = \(subscriber.id) AND state = 'waiting'
                    AND due_at <= \(now) ORDER BY due_at, id LIMIT \(limit) \(skip))
            RETURNING id
            """
        ).map { try $0.get("id", as: ID<Dispatch>.self) }
        guard !taken.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(Self.columns) FROM \(Self.joined) WHERE d.town_id = \(subscriber.town) AND d.id IN (\(list: taken))
            ORDER BY o.created_at, d.id
            """
        ).map(Dispatch.init(row:))
    }

    /// How many a subscriber was sent, or tried to be sent, since `start`.
    package func sent(to subscriber: Subscriber, since start: Instant) throws -> Int {
        try tx.value(
            """
            SELECT count(*) FROM dispatch WHERE town_id = \(subscriber.town) AND subscriber_id = \(subscriber.id) AND done_at > \(start)
            """) ?? 0
    }

    package func finish(_ dispatch: Dispatch, _ state: Dispatch.State, error: String? = nil, at now: Instant) throws {
        try tx.execute(
            """
            UPDATE dispatch SET state = \(state), done_at = \(now), last_error = \(error.map { String($0.prefix(500)) })
            WHERE town_id = \(dispatch.town) AND id = \(dispatch.id)
            """)
    }

    /// Puts one back until its next try.
    package func postpone(_ dispatch: Dispatch, by pause: Span, because error: String, at now: Instant) throws {
        try tx.execute(
            """
            UPDATE dispatch SET due_at = \(now + pause), done_at = \(now), last_error = \(String(error.prefix(500)))
            WHERE town_id = \(dispatch.town) AND id = \(dispatch.id)
            """)
    }

    /// Puts one back that was taken and not tried.
    package func release(_ dispatch: Dispatch, until due: Instant) throws {
        try tx.execute(
            "UPDATE dispatch SET due_at = \(due), attempts = attempts - 1 WHERE town_id = \(dispatch.town) AND id = \(dispatch.id)"
        )
    }
}

extension Dispatch {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), town: try row.get("town_id"), subscriber: try row.get("subscriber_id"),
            message: try row.get("message_id"), topic: try row.get("topic"), payload: try row.get("payload"),
            at: try row.get("created_at"), recipient: try row.get("recipient"), state: try row.get("state"),
            attempts: try row.get("attempts"), dueAt: try row.get("due_at"), doneAt: try row.get("done_at"),
            lastError: try row.get("last_error"))
    }
}
