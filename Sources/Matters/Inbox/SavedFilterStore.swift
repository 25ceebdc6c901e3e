package import Kernel
package import Storage

/// Every statement about saved filters.
package struct SavedFilterStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Somebody's own and those of their units, by name.
    package func filters(for principal: Principal) throws -> [SavedFilter] {
        let owners = [UnitOwner(principal.account.uuid)] + principal.units
        return try tx.query(
            """
            SELECT f.id, f.owner_id, f.is_shared, f.name, f.query FROM matter_filter f
            WHERE f.town_id = \(town) AND f.owner_id IN (\(list: owners)) ORDER BY f.is_shared, f.name, f.id
            """
        ).map { row in
            SavedFilter(
                id: try row.get("id"), owner: try row.get("owner_id"), isShared: try row.get("is_shared"),
                name: try row.get("name"), query: try row.get("query"))
        }
    }

    func count(of owner: UnitOwner) throws -> Int {
        try tx.value("SELECT count(*) FROM matter_filter f WHERE f.town_id = \(town) AND f.owner_id = \(owner)") ?? 0
    }

    /// Another filter of the same name gives way. Sent again, it is there once.
    func put(_ filter: SavedFilter, by account: ID<AccountNode>, at now: Instant) throws {
        try tx.execute(
            """
            INSERT INTO matter_filter (town_id, id, owner_id, is_shared, name, query, account_id, at)
            VALUES (\(town), \(filter.id), \(filter.owner), \(filter.isShared), \(filter.name), \(filter.query), \(account), \(now))
            ON CONFLICT (town_id, owner_id, name) DO UPDATE SET query = excluded.query, account_id = excluded.account_id, at = excluded.at
            """)
    }

    func remove(_ id: ID<SavedFilter>) throws {
        try tx.execute("DELETE FROM matter_filter_start WHERE town_id = \(town) AND filter_id = \(id)")
        try tx.execute("DELETE FROM matter_filter WHERE town_id = \(town) AND id = \(id)")
    }

    // MARK: The one to begin with

    package func start(of account: ID<AccountNode>) throws -> ID<SavedFilter>? {
        try tx.value("SELECT s.filter_id FROM matter_filter_start s WHERE s.town_id = \(town) AND s.account_id = \(account)")
    }

    func setStart(_ id: ID<SavedFilter>?, of account: ID<AccountNode>) throws {
        guard let id else {
            try tx.execute("DELETE FROM matter_filter_start WHERE town_id = \(town) AND account_id = \(account)")
            return
        }
        try tx.execute(
            """
            INSERT INTO matter_filter_start (town_id, account_id, filter_id) VALUES (\(town), \(account), \(id))
            ON CONFLICT (town_id, account_id) DO UPDATE SET filter_id = excluded.filter_id
            """)
    }
}
