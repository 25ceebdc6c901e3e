package import Kernel
package import Storage

/// Every statement about the history of clocks.
package struct ClockEventStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        c.id, c.matter_id, c.kind, c.at, c.account_id, c.actor_name, c.actor_post, c.ask, c.ask_reason, c.ask_limit, c.ask_day, c.request_id,
        c.words, c.mark, c.basis, c.taken_clock, c.taken_limit, c.taken_start, c.taken_used, c.taken_budget
        """

    /// - Returns: false when the mark or the request's decision is written down already.
    package func add(_ event: ClockEvent) throws -> Bool {
        try tx.execute(Self.insertion(event, town) + " ON CONFLICT DO NOTHING") == 1
    }

    /// For bulk loads and for entries whose id is fresh: does not wait.
    package func enqueue(_ event: ClockEvent) throws { try tx.enqueue(Self.insertion(event, town)) }

    private static func insertion(_ event: ClockEvent, _ town: ID<Town>) -> SQL {
        """
        INSERT INTO matter_clock_event (town_id, id, matter_id, kind, at, account_id, actor_name, actor_post, ask, ask_reason, ask_limit,
            ask_day, request_id, words, mark, basis, taken_clock, taken_limit, taken_start, taken_used, taken_budget)
        VALUES (\(town), \(event.id), \(event.matter), \(event.kind), \(event.at), \(event.actor?.account), \(event.actor?.name),
            \(event.actor?.post), \(event.ask?.kind), \(event.ask?.reason), \(event.ask?.limit), \(event.ask?.day), \(event.request),
            \(event.words), \(event.mark), \(event.basis), \(event.taken?.kind.rawValue), \(event.taken?.limit), \(event.taken?.start),
            \(event.taken?.used.milliseconds), \(event.taken?.budget.milliseconds))
        """
    }

    /// Oldest first.
    package func history(of matter: ID<Matter>) throws -> [ClockEvent] { try histories(of: [matter])[matter] ?? [] }

    /// Oldest first each.
    package func histories(of matters: [ID<Matter>]) throws -> [ID<Matter>: [ClockEvent]] {
        guard !matters.isEmpty else { return [:] }
        let events = try tx.query(
            """
            SELECT \(Self.columns) FROM matter_clock_event c WHERE c.town_id = \(town) AND c.matter_id IN (\(list: matters)) ORDER BY c.matter_id, c.at, c.id
            """
        ).map(ClockEvent.init(row:))
        return Dictionary(grouping: events, by: \.matter)
    }

    package func find(_ id: ID<ClockEvent>) throws -> ClockEvent? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM matter_clock_event c WHERE c.town_id = \(town) AND c.id = \(id)
            """
        ).map(ClockEvent.init(row:))
    }
}

extension [ClockEvent] {
    /// The request that waits for a decision.
    package var pending: ClockEvent? {
        let decided = Set(compactMap(\.request))
        return last { $0.kind == .asked && !decided.contains($0.id) }
    }

    package var marks: Set<String> { Set(compactMap(\.mark)) }
}

extension ClockEvent {
    init(row: Row) throws {
        let account: ID<AccountNode>? = try row.get("account_id")
        let (name, post) = (try row.get("actor_name", as: String?.self), try row.get("actor_post", as: String?.self))
        let (kind, reason) = (try row.get("ask", as: ClockAsk.Kind?.self), try row.get("ask_reason", as: ClockAsk.Reason?.self))
        let (limit, day) = (try row.get("ask_limit", as: TimeLimit?.self), try row.get("ask_day", as: Day?.self))
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), kind: try row.get("kind"), at: try row.get("at"),
            actor: account.map { .init(account: $0, name: name ?? "", post: post ?? "") },
            ask: kind.map { ClockAsk($0, reason: reason ?? .other, limit: limit, day: day) }, request: try row.get("request_id"),
            words: try row.get("words"), mark: try row.get("mark"), basis: try row.get("basis"),
            taken: try TakenClock(row: row))
    }
}

extension TakenClock {
    /// Nil where no clock was taken over.
    fileprivate init?(row: Row) throws {
        guard let kind = try row.get("taken_clock", as: String?.self).flatMap(MatterClock.Kind.init(rawValue:)) else {
            return nil
        }
        self.init(
            kind: kind, limit: try row.get("taken_limit"), start: try row.get("taken_start"),
            used: Span(milliseconds: try row.get("taken_used")), budget: Span(milliseconds: try row.get("taken_budget")))
    }
}
