package import Directory
package import Kernel
package import Storage

/// Every statement about redemptions.
package struct RedemptionStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        r.id, r.village_id, r.number, r.household_id, r.good_id, r.count, r.price, r.at, r.account_id, r.post, r.stage, r.reason, r.ended_at
        """

    /// Adds a redemption; the transaction fails when its id or its number is taken.
    package func enqueue(_ redemption: Redemption) throws {
        try tx.enqueue(
            """
            INSERT INTO points_redemption (town_id, id, village_id, number, household_id, good_id, count, price, day, at, account_id, post,
                stage, reason, ended_at)
            VALUES (\(town), \(redemption.id), \(redemption.village), \(redemption.number), \(redemption.household), \(redemption.good),
                \(redemption.count), \(redemption.price), \(redemption.at.day()), \(redemption.at), \(redemption.account), \(redemption.post),
                \(redemption.stage), \(redemption.reason), \(redemption.endedAt))
            """)
    }

    /// Those of some redemptions that exist, whoever asks: only for knowing a retry.
    package func known(_ ids: [ID<Redemption>]) throws -> [ID<Redemption>: Redemption] {
        let found = try tx.query(
            "SELECT \(Self.columns) FROM points_redemption r WHERE r.town_id = \(town) AND r.id IN (\(list: ids))"
        ).map(Redemption.init(row:))
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The redemption, if its village lies in `scope`.
    package func find(_ id: ID<Redemption>, in scope: Scope) throws -> Redemption? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_redemption r
            WHERE r.town_id = \(town) AND r.id = \(id) AND \(ExchangeReach.predicate(scope, town, "r.village_id"))
            """
        ).map(Redemption.init(row:))
    }

    /// - Returns: false when it had been undone already.
    package func end(_ redemption: Redemption, as stage: Redemption.Stage, reason: String, at: Instant) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_redemption SET stage = \(stage), reason = \(reason), ended_at = \(at)
            WHERE town_id = \(town) AND id = \(redemption.id) AND stage = \(Redemption.Stage.done)
            """) == 1
    }

    /// What was redeemed in a village on a day, the latest first.
    package func redemptions(in village: ID<GridNode>, on day: Day, limit: Int) throws -> [Redemption] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_redemption r
            WHERE r.town_id = \(town) AND r.village_id = \(village) AND r.day = \(day) ORDER BY r.at DESC, r.id DESC LIMIT \(limit)
            """
        ).map(Redemption.init(row:))
    }

    /// What a household redeemed, the latest first.
    package func redemptions(of household: ID<Household>, limit: Int) throws -> [Redemption] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_redemption r
            WHERE r.town_id = \(town) AND r.household_id = \(household) ORDER BY r.at DESC, r.id DESC LIMIT \(limit)
            """
        ).map(Redemption.init(row:))
    }
}

extension Redemption {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), number: try row.get("number"),
            household: try row.get("household_id"), good: try row.get("good_id"), count: try row.get("count"),
            price: try row.get("price"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            stage: try row.get("stage"), reason: try row.get("reason"), endedAt: try row.get("ended_at"))
    }
}
