import Directory
import Kernel
import Storage

/// Every statement about quoted thanks.
struct QuoteStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "q.rating_id, q.matter_id, q.village_id, q.state, q.name, q.at"
    private static let line: SQL =
        "q.rating_id, q.matter_id, q.village_id, q.state, q.name, q.at, a.words, a.stars, m.category, m.grid_id, m.number"
    private static let joined: SQL =
        """
        matter_quote q JOIN matter_rating a ON a.town_id = q.town_id AND a.id = q.rating_id
        JOIN matter m ON m.town_id = q.town_id AND m.id = q.matter_id
        """

    // MARK: Writing

    func insert(_ quote: Quote) throws {
        try tx.execute(
            """
            INSERT INTO matter_quote (town_id, rating_id, matter_id, village_id, state, name, at)
            VALUES (\(town), \(quote.rating), \(quote.matter), \(quote.village), \(quote.state), \(quote.name), \(quote.at))
            """)
    }

    /// Moves a quote on and writes down how. What is withdrawn forgets the name.
    /// - Returns: false when it is not in `before` any more; nothing is written then.
    func move(_ change: QuoteChange, from before: QuoteRules.State) throws -> Bool {
        let name: SQL = change.state == .withdrawn ? "''" : "name"
        let isMoved =
            try tx.execute(
                """
                UPDATE matter_quote SET state = \(change.state), name = \(name)
                WHERE town_id = \(town) AND rating_id = \(change.rating) AND state = \(before)
                """) == 1
        if isMoved { try add(change) }
        return isMoved
    }

    func add(_ change: QuoteChange) throws {
        try tx.execute(
            """
            INSERT INTO matter_quote_change (town_id, id, rating_id, state, at, account_id, actor_name, actor_post, reason)
            VALUES (\(town), \(change.id), \(change.rating), \(change.state), \(change.at), \(change.actor?.account),
                \(change.actor?.name), \(change.actor?.post), \(change.reason))
            """)
    }

    // MARK: Reading

    func find(_ rating: ID<Rating>) throws -> Quote? {
        try tx.first("SELECT \(Self.columns) FROM matter_quote q WHERE q.town_id = \(town) AND q.rating_id = \(rating)").map(
            Quote.init(row:))
    }

    /// The newest thanks of somebody that they have not taken back, or the newest at all: whichever round they were of.
    func newest(by rater: ID<Reporter>) throws -> Quote? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM matter_rating a JOIN matter_quote q ON q.town_id = a.town_id AND q.rating_id = a.id
            WHERE a.town_id = \(town) AND a.rater_id = \(rater)
            ORDER BY CASE WHEN q.state = 'withdrawn' THEN 1 ELSE 0 END, q.at DESC, q.rating_id DESC LIMIT 1
            """
        ).map(Quote.init(row:))
    }

    /// A quote within `scope`, as far as its matter may be seen.
    func find(_ rating: ID<Rating>, in scope: Scope, _ restricted: RestrictedReach) throws -> QuoteLine? {
        try tx.first(
            """
            SELECT \(Self.line) FROM \(Self.joined)
            WHERE q.town_id = \(town) AND q.rating_id = \(rating) AND \(GridScope.predicate(scope, town: town, grid: "m.grid_id"))
                AND \(restricted.condition(in: town))
            """
        ).map(QuoteLine.init(row:))
    }

    func change(_ id: ID<QuoteChange>) throws -> QuoteChange? {
        try tx.first(
            """
            SELECT c.id, c.rating_id, c.state, c.at, c.account_id, c.actor_name, c.actor_post, c.reason FROM matter_quote_change c
            WHERE c.town_id = \(town) AND c.id = \(id)
            """
        ).map(QuoteChange.init(row:))
    }

    /// What became of some quotes, oldest first.
    func changes(of ratings: [ID<Rating>]) throws -> [QuoteChange] {
        guard !ratings.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT c.id, c.rating_id, c.state, c.at, c.account_id, c.actor_name, c.actor_post, c.reason FROM matter_quote_change c
            WHERE c.town_id = \(town) AND c.rating_id IN (\(list: ratings)) ORDER BY c.at, c.id
            """
        ).map(QuoteChange.init(row:))
    }

    /// Those in some states within `scope`, the newest first.
    func list(
        _ states: [QuoteRules.State], in scope: Scope, _ restricted: RestrictedReach, limit: Int
    ) throws -> [QuoteLine] {
        try tx.query(
            """
            SELECT \(Self.line) FROM \(Self.joined)
            WHERE q.town_id = \(town) AND q.state IN (\(list: states)) AND \(GridScope.predicate(scope, town: town, grid: "m.grid_id"))
                AND \(restricted.condition(in: town))
            ORDER BY q.at DESC, q.rating_id DESC LIMIT \(limit)
            """
        ).map(QuoteLine.init(row:))
    }

    /// What everybody may read of a village: shown, of a matter that is done and not open again, of a category that is public now and was
    /// when it was reported. The newest first.
    func shown(
        in village: ID<GridNode>, hiding hidden: [String], after: Quote? = nil, limit: Int
    ) throws -> [QuoteLine] {
        var more: SQL = hidden.isEmpty ? "" : " AND m.category NOT IN (\(list: hidden))"
        if let after { more += " AND (q.at, q.rating_id) < (\(after.at), \(after.rating))" }
        return try tx.query(
            """
            SELECT \(Self.line) FROM \(Self.joined)
            WHERE q.town_id = \(town) AND q.village_id = \(village) AND q.state = 'shown' AND m.stage IN ('handled', 'closed')
                AND m.is_restricted = 0\(more)
            ORDER BY q.at DESC, q.rating_id DESC LIMIT \(limit)
            """
        ).map(QuoteLine.init(row:))
    }
}
