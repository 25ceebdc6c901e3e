import Directory
import Kernel
import Storage

/// Every statement about ratings and about who has a number.
struct RatingStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "a.id, a.matter_id, a.village_id, a.round, a.rater_id, a.number, a.satisfied, a.stars, a.words, a.at"

    /// - Returns: false when the id is taken or this reporter has rated this round; nothing is written then.
    func insert(_ rating: Rating, digest: String) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO matter_rating (town_id, id, matter_id, village_id, round, rater_id, number, satisfied, stars, words, at, digest)
            VALUES (\(town), \(rating.id), \(rating.matter), \(rating.village), \(rating.round), \(rating.rater), \(rating.number),
                \(rating.satisfied), \(rating.stars), \(rating.words), \(rating.at), \(digest))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// What a request with this id made, and that request's digest.
    func made(by id: ID<Rating>) throws -> (rating: Rating, digest: String)? {
        try tx.first(
            "SELECT \(Self.columns), a.digest FROM matter_rating a WHERE a.town_id = \(town) AND a.id = \(id)"
        ).map { (try Rating(row: $0), try $0.get("digest")) }
    }

    /// What somebody said of a matter, the last first.
    func ratings(of matter: ID<Matter>, by rater: ID<Reporter>) throws -> [Rating] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM matter_rating a
            WHERE a.town_id = \(town) AND a.matter_id = \(matter) AND a.rater_id = \(rater) ORDER BY a.round DESC, a.id
            """
        ).map(Rating.init(row:))
    }

    /// All that was said of a matter, the first first; whether the matter may be seen is asked of ``MatterStore``.
    func ratings(of matter: ID<Matter>) throws -> [Rating] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM matter_rating a WHERE a.town_id = \(town) AND a.matter_id = \(matter) ORDER BY a.at, a.id
            """
        ).map(Rating.init(row:))
    }

    /// How reporters rated since `start`, by village.
    func counts(since start: Instant, in scope: Scope) throws -> [ID<GridNode>: RatingCount] {
        let rows = try tx.query(
            """
            SELECT a.village_id, count(*) AS rated, count(CASE WHEN a.stars >= 4 THEN 1 END) AS good
            FROM matter_rating a
            WHERE a.town_id = \(town) AND a.at >= \(start) AND \(GridScope.predicate(scope, town: town, grid: "a.village_id"))
            GROUP BY a.village_id ORDER BY a.village_id
            """)
        return Dictionary(
            try rows.map { (try $0.get("village_id"), RatingCount(rated: try $0.get("rated"), good: try $0.get("good"))) }
        ) { first, _ in first }
    }

    // MARK: Who has a number

    /// Of somebody who joined in, themselves, though they had told of it before; otherwise the first who was named when the matter was
    /// reported, or the matter itself where nobody was. Nil when nobody was given the number.
    func rater(_ number: PublicNumber) throws -> Rater? {
        if let matter = try MatterStore(tx, town: town).find(number) {
            let first: ID<Reporter>? = try tx.value(
                """
                SELECT r.id FROM matter_reporter r
                WHERE r.town_id = \(town) AND r.matter_id = \(matter.id) AND NOT EXISTS (
                    SELECT 1 FROM matter_joining j WHERE j.town_id = \(town) AND j.matter_id = r.matter_id AND j.reporter_id = r.id
                        AND j.at = r.at)
                ORDER BY r.at, r.id LIMIT 1
                """)
            return try first.map { try rater($0) } ?? Rater(id: ID(matter.id.uuid), account: nil)
        }
        return try JoiningStore(tx, town: town).find(number).map { try rater($0.reporter) }
    }

    private func rater(_ id: ID<Reporter>) throws -> Rater {
        let row = try tx.first("SELECT r.account_id FROM matter_reporter r WHERE r.town_id = \(town) AND r.id = \(id)")
        return Rater(id: id, account: try row.flatMap { try $0.get("account_id", as: ID<AccountNode>?.self) })
    }
}

extension Rating {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), village: try row.get("village_id"),
            round: try row.get("round"), rater: try row.get("rater_id"), number: try row.get("number"),
            satisfied: try row.get("satisfied"), stars: try row.get("stars"), words: try row.get("words"), at: try row.get("at"))
    }
}
