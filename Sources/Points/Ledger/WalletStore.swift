package import Directory
package import Kernel
package import Storage

/// Every statement about wallets.
package struct WalletStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "w.household_id, w.village_id, w.card, w.balance, w.last_at"

    package func find(_ household: ID<Household>) throws -> Wallet? {
        try tx.first("SELECT \(Self.columns) FROM points_wallet w WHERE w.town_id = \(town) AND w.household_id = \(household)")
            .map(Wallet.init(row:))
    }

    /// The wallet with this number on its card.
    package func find(card: PublicNumber) throws -> Wallet? {
        try tx.first("SELECT \(Self.columns) FROM points_wallet w WHERE w.town_id = \(town) AND w.card = \(card)").map(
            Wallet.init(row:))
    }

    /// - Returns: false when the household has one already, or the number is taken.
    package func insert(_ wallet: Wallet) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_wallet (town_id, household_id, village_id, card, balance, may_owe, last_at)
            VALUES (\(town), \(wallet.household), \(wallet.village), \(wallet.card), \(wallet.balance), 0, \(wallet.last)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Gives the household a new card; the old number opens nothing any more.
    package func renew(_ household: ID<Household>, card: PublicNumber) throws {
        try tx.execute("UPDATE points_wallet SET card = \(card) WHERE town_id = \(town) AND household_id = \(household)")
    }

    /// Changes the balance.
    /// - Parameter mayOwe: whether it may end below 0.
    /// - Returns: false when there is too little in it; nothing is changed then.
    package func move(_ household: ID<Household>, by effect: Int, mayOwe: Bool, at: Instant) throws -> Bool {
        // Who owes from before may be given points also where owing is not allowed any more.
        try tx.execute(
            """
            UPDATE points_wallet SET balance = balance + \(effect), last_at = \(at),
                may_owe = CASE WHEN balance + \(effect) < 0 THEN 1 ELSE 0 END
            WHERE town_id = \(town) AND household_id = \(household) AND (balance + \(effect) >= 0 OR \(effect) > 0 OR \(mayOwe) = 1)
            """) == 1
    }

    /// The balances of some households; those without a wallet are left out.
    package func balances(among households: [ID<Household>]) throws -> [ID<Household>: Int] {
        guard !households.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT w.household_id, w.balance FROM points_wallet w WHERE w.town_id = \(town) AND w.household_id IN (\(list: households))
            """)
        return Dictionary(try rows.map { (try $0.get("household_id"), try $0.get("balance")) }) { first, _ in first }
    }

    /// The balances of a village, from an index alone.
    package func balances(of village: ID<GridNode>) throws -> [ID<Household>: Int] {
        let rows = try tx.query(
            """
            SELECT w.household_id, w.balance FROM points_wallet w WHERE w.town_id = \(town) AND w.village_id = \(village)
            ORDER BY w.household_id
            """)
        return Dictionary(try rows.map { (try $0.get("household_id"), try $0.get("balance")) }) { first, _ in first }
    }
}

extension Wallet {
    fileprivate init(row: Row) throws {
        self.init(
            household: try row.get("household_id"), village: try row.get("village_id"), card: try row.get("card"),
            balance: try row.get("balance"), last: try row.get("last_at"))
    }
}
