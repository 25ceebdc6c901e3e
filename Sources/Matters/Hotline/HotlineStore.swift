import Directory
package import Kernel
package import Storage

/// An order with what a list shows of its matter.
package struct HotlineLine: Hashable, Sendable {
    package let order: HotlineOrder
    package let category: String
    package let grid: ID<GridNode>
    package let stage: MatterStage
}

/// Every statement about orders of the hotline.
package struct HotlineStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// - Returns: false when the number has been entered before.
    package func insert(_ order: HotlineOrder) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO hotline_order (town_id, matter_id, number, received_at, taken_at, reply_within, reply_due, reply, replied_at)
            VALUES (\(town), \(order.matter), \(order.number), \(order.receivedAt), \(order.takenAt), \(order.replyWithin),
                \(order.replyDue), \(order.reply), \(order.repliedAt)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The order behind a matter; whether the matter may be seen is asked of ``MatterStore``.
    package func find(_ matter: ID<Matter>) throws -> HotlineOrder? {
        try tx.first("SELECT \(Self.columns) FROM hotline_order h WHERE h.town_id = \(town) AND h.matter_id = \(matter)").map(
            HotlineOrder.init(row:))
    }

    /// Unanswered ones by what is due first, or answered ones from the latest; within what the principal may see of matters.
    package func list(for principal: Principal, isOpen: Bool, after: MatterCursor? = nil, limit: Int = 200) throws
        -> [HotlineLine]
    {
        guard principal.town == town, let scope = principal.grants[.readMatter] else { return [] }
        let state: SQL = isOpen ? "h.replied_at IS NULL" : "h.replied_at IS NOT NULL"
        let order: SQL = isOpen ? "h.reply_due, h.matter_id" : "h.replied_at DESC, h.matter_id DESC"
        let next: SQL =
            switch (after, isOpen) {
            case (nil, _): ""
            case (let cursor?, true): " AND (h.reply_due, h.matter_id) > (\(cursor.at), \(cursor.id))"
            case (let cursor?, false): " AND (h.replied_at, h.matter_id) < (\(cursor.at), \(cursor.id))"
            }
        return try tx.query(
            """
            SELECT \(Self.columns), m.category, m.grid_id, m.stage FROM hotline_order h
            JOIN matter m ON m.town_id = h.town_id AND m.id = h.matter_id
            WHERE h.town_id = \(town) AND \(state)\(next) AND \(GridScope.predicate(scope, town: town, grid: "m.grid_id"))
                AND \(RestrictedReach(principal).condition(in: town))
            ORDER BY \(order) LIMIT \(limit)
            """
        ).map { row in
            HotlineLine(
                order: try HotlineOrder(row: row), category: try row.get("category"), grid: try row.get("grid_id"),
                stage: try row.get("stage"))
        }
    }

    // MARK: Replies

    /// What was written under this id before.
    func replied(_ id: ID<HotlineOrder>) throws -> (matter: ID<Matter>, account: ID<AccountNode>?, words: String)? {
        try tx.first(
            "SELECT matter_id, account_id, words FROM hotline_reply WHERE town_id = \(town) AND id = \(id)"
        ).map { (try $0.get("matter_id"), try $0.get("account_id"), try $0.get("words")) }
    }

    func reply(
        _ words: String, _ id: ID<HotlineOrder>, to matter: ID<Matter>, by actor: MatterEvent.Actor, at now: Instant
    ) throws {
        try tx.enqueue(
            """
            INSERT INTO hotline_reply (town_id, id, matter_id, words, at, account_id, actor_name, actor_post)
            VALUES (\(town), \(id), \(matter), \(words), \(now), \(actor.account), \(actor.name), \(actor.post))
            """)
        try tx.enqueue(
            """
            UPDATE hotline_order SET reply = \(words), replied_at = COALESCE(replied_at, \(now))
            WHERE town_id = \(town) AND matter_id = \(matter)
            """)
    }

    private static let columns: SQL =
        "h.matter_id, h.number, h.received_at, h.taken_at, h.reply_within, h.reply_due, h.reply, h.replied_at"
}

extension HotlineOrder {
    fileprivate init(row: Row) throws {
        self.init(
            matter: try row.get("matter_id"), number: try row.get("number"), receivedAt: try row.get("received_at"),
            takenAt: try row.get("taken_at"), replyWithin: try row.get("reply_within"), replyDue: try row.get("reply_due"),
            reply: try row.get("reply"), repliedAt: try row.get("replied_at"))
    }
}
