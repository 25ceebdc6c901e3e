package import Directory
package import Kernel
package import Storage

/// A village's five accounts in sum. What was issued is counted as given away, so the five add up to zero.
package struct LedgerTotals: Sendable, Hashable {
    /// By account: what came in less what went out.
    package let balances: [LedgerAccount: Int]
    /// Awards less deductions, corrections left out.
    package var issued: Int { -balances[.issued, default: 0] }
    /// What households have now.
    package var outstanding: Int { balances[.household, default: 0] }
    package var sum: Int { balances.values.reduce(0, +) }

    package init(balances: [LedgerAccount: Int]) { self.balances = balances }
}

/// Proves the ledger from its own rows, and adds it up (F59: balance = Σ entries). 账本自证
package struct LedgerProofStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The accounts of a village. The households' is the sum of their wallets' rows, the others are sums of entries: that all five
    /// add up to zero is therefore a proof and no tautology.
    package func totals(of village: ID<GridNode>) throws -> LedgerTotals {
        var balances: [LedgerAccount: Int] = [:]
        let rows = try tx.query(
            """
            SELECT e.source, e.destination, SUM(e.points) AS points FROM points_entry e
            WHERE e.town_id = \(town) AND e.village_id = \(village) GROUP BY e.source, e.destination
            """)
        for row in rows {
            let (source, destination): (LedgerAccount, LedgerAccount) = (try row.get("source"), try row.get("destination"))
            let points: Int = try row.get("points")
            balances[source, default: 0] -= points
            balances[destination, default: 0] += points
        }
        balances[.household] = try tx.value(
            """
            SELECT COALESCE(SUM(w.balance), 0) AS balance FROM points_wallet w WHERE w.town_id = \(town) AND w.village_id = \(village)
            """)
        return LedgerTotals(balances: balances)
    }

    /// The villages that have a ledger.
    package func villages() throws -> [ID<GridNode>] {
        try tx.query("SELECT DISTINCT w.village_id FROM points_wallet w WHERE w.town_id = \(town) ORDER BY w.village_id").map {
            try $0.get("village_id")
        }
    }

    /// Wallets whose row is not the sum of their entries.
    package func wrongWallets(limit: Int = 20) throws -> [ID<Household>] {
        try tx.query(
            """
            SELECT w.household_id FROM points_wallet w LEFT JOIN (
                SELECT e.household_id, SUM(CASE WHEN e.destination = 'household' THEN e.points ELSE -e.points END) AS points
                FROM points_entry e WHERE e.town_id = \(town) GROUP BY e.household_id
            ) s ON s.household_id = w.household_id
            WHERE w.town_id = \(town) AND w.balance <> COALESCE(s.points, 0) ORDER BY w.household_id LIMIT \(limit)
            """
        ).map { try $0.get("household_id") }
    }

    /// How many entries the town has.
    package func count() throws -> Int {
        try tx.value("SELECT count(*) FROM points_entry e WHERE e.town_id = \(town)") ?? 0
    }
}
