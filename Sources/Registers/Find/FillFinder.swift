package import Identity
package import Kernel
package import Storage

/// Enters the people who were known before the index was there. Run once, by the migration; may be stopped and run again.
package struct FillFinder: Sendable {
    let database: any Database
    let vault: Vault

    package init(database: any Database, vault: Vault) {
        self.database = database
        self.vault = vault
    }

    /// - Returns: how many were entered.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>, on day: Day, atOnce limit: Int = 1000) async throws -> Int {
        var (filled, last) = (0, ID<PersonNode>?.none)
        while true {
            let (after, vault) = (last, vault)
            let people = try await database.write { tx in
                let people = try FindStore(tx, town: town).missing(after: after, limit: limit)
                try PersonIndex(tx, town: town, vault: vault).refresh(Set(people), on: day)
                return people
            }
            guard let end = people.last else { return filled }
            filled += people.count
            last = end
        }
    }
}
