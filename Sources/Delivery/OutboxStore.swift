package import Kernel
package import Storage

/// The table of messages waiting to leave.
package struct OutboxStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    package func add(_ message: OutboxMessage, at now: Instant) throws {
        try tx.enqueue(
            """
            INSERT INTO outbox_message (town_id, id, topic, payload, created_at, due_at, attempts)
            VALUES (\(message.town), \(message.id), \(message.topic), \(message.payload), \(now), \(now), 0)
            """)
    }

    /// Takes up to `limit` due messages for `lease`: another process will not take them until then.
    package func take(limit: Int, at now: Instant, lease: Span) throws -> [OutboxMessage] {
        let skip: SQL = tx.dialect == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
        return try tx.query(
            """
            UPDATE outbox_message SET due_at = \(now + lease), attempts = attempts + 1
            WHERE (town_id, id) IN (
                SELECT town_id, id FROM outbox_message WHERE delivered_at IS NULL AND due_at <= \(now)
                ORDER BY due_at, id LIMIT \(limit) \(skip))
            RETURNING town_id, id, topic, payload, attempts
            """
        ).map(OutboxMessage.init(row:))
    }

    package func markDelivered(_ message: OutboxMessage, at now: Instant) throws {
        try tx.execute("UPDATE outbox_message SET delivered_at = \(now) WHERE town_id = \(message.town) AND id = \(message.id)")
    }

    /// Puts the message back until its next try: after 10 s, 20 s, 40 s … at most a day.
    package func postpone(_ message: OutboxMessage, because error: String, at now: Instant) throws {
        try tx.execute(
            """
            UPDATE outbox_message SET due_at = \(now + Self.pause(after: message.attempts)), last_error = \(String(error.prefix(500)))
            WHERE town_id = \(message.town) AND id = \(message.id)
            """)
    }

    package static func pause(after attempts: Int) -> Span {
        min(.seconds(10 << Int64(min(max(attempts, 1) - 1, 14))), .days(1))
    }

    /// Messages not delivered yet, and the age of the oldest in milliseconds.
    package func backlog(at now: Instant) throws -> (waiting: Int, oldest: Span) {
        guard
            let row = try tx.first(
                "SELECT count(*) AS waiting, min(created_at) AS oldest FROM outbox_message WHERE delivered_at IS NULL")
        else { return (0, .seconds(0)) }
        let oldest: Instant? = try row.get("oldest")
        return (try row.get("waiting"), oldest.map { now - $0 } ?? .seconds(0))
    }

    /// Removes messages that were delivered before `limit`, with everything about how they went.
    @discardableResult
    package func forget(deliveredBefore limit: Instant) throws -> Int {
        try tx.execute(
            """
            DELETE FROM dispatch WHERE EXISTS (
                SELECT 1 FROM outbox_message o WHERE o.town_id = dispatch.town_id AND o.id = dispatch.message_id
                    AND o.delivered_at < \(limit))
            """)
        return try tx.execute("DELETE FROM outbox_message WHERE delivered_at < \(limit)")
    }
}

extension OutboxMessage {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), town: try row.get("town_id"), topic: try row.get("topic"), payload: try row.get("payload"),
            attempts: try row.get("attempts"))
    }
}
