import Directory
package import Identity
package import Kernel
package import Storage

/// Every statement about visits.
package struct VisitStore {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    /// Writes a visit down and notes it at the household or enterprise.
    package func insert(_ visit: HomeVisit) throws {
        let note = try visit.note.map { try vault.seal($0, for: Self.place(visit.id)) }
        let (household, enterprise): (ID<Household>?, ID<Enterprise>?) =
            switch visit.place {
            case .household(let id): (id, nil)
            case .enterprise(let id): (nil, id)
            }
        try tx.enqueue(
            """
            INSERT INTO visit (town_id, id, household_id, enterprise_id, grid_id, channel, at, entered_at, account_id, by_name, by_post, note_sealed)
            VALUES (\(town), \(visit.id), \(household), \(enterprise), \(visit.grid), \(visit.channel), \(visit.at), \(visit.enteredAt),
                \(visit.account), \(visit.byName), \(visit.byPost), \(note))
            """)
        if let household { try HouseholdRecordStore(tx, town: town).noteVisit(household, at: visit.at) }
        if let enterprise {
            try tx.enqueue(
                """
                UPDATE enterprise SET visited_at = \(visit.at)
                WHERE town_id = \(town) AND id = \(enterprise) AND (visited_at IS NULL OR visited_at < \(visit.at))
                """)
        }
    }

    /// The latest visits of one place.
    package func latest(_ limit: Int, of place: HomeVisit.Place) throws -> [HomeVisit] {
        let condition: SQL =
            switch place {
            case .household(let id): "v.household_id = \(id)"
            case .enterprise(let id): "v.enterprise_id = \(id)"
            }
        return try tx.query(
            """
            SELECT v.id, v.household_id, v.enterprise_id, v.grid_id, v.channel, v.at, v.entered_at, v.account_id, v.by_name, v.by_post,
                v.note_sealed
            FROM visit v WHERE v.town_id = \(town) AND \(condition) ORDER BY v.at DESC, v.id DESC LIMIT \(limit)
            """
        ).map { row in
            let (id, note): (ID<HomeVisit>, [UInt8]?) = (try row.get("id"), try row.get("note_sealed"))
            return HomeVisit(
                id: id, place: place, grid: try row.get("grid_id"), channel: try row.get("channel"), at: try row.get("at"),
                enteredAt: try row.get("entered_at"), account: try row.get("account_id"), byName: try row.get("by_name"),
                byPost: try row.get("by_post"), note: try note.map { try vault.open($0, for: Self.place(id)) })
        }
    }

    static func place(_ visit: ID<HomeVisit>) -> String { "visit.note \(visit)" }
}
