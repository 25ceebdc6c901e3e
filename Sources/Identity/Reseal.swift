package import Kernel
package import Storage

/// Seals every value again that a former key sealed. May be stopped and run again at any time: each batch is whole, and what the
/// current key has sealed is passed over.
package struct Reseal: Sendable {
    let database: any Database
    let vault: Vault
    let columns: [SealedColumn]
    private static let atOnce = 500

    package init(database: any Database, vault: Vault, columns: [SealedColumn]) {
        self.database = database
        self.vault = vault
        self.columns = columns
    }

    /// - Parameter progress: told the column and how many values were sealed again so far.
    /// - Returns: how many values were sealed again.
    /// - Throws: ``Vault/Unreadable`` when the key of a value is not here.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>, progress: @Sendable (String, Int) -> Void = { _, _ in }) async throws -> Int {
        var total = 0
        for column in columns {
            var (last, count) = (String?.none, 0)
            while true {
                let (after, vault) = (last, vault)
                let values = try await database.read { try column.read($0, town, after, Self.atOnce) }
                guard let end = values.last else { break }
                let fresh = try values.compactMap { value in
                    try vault.resealed(value.sealed, for: value.place).map { (value: value, sealed: $0) }
                }
                if !fresh.isEmpty {
                    // A value that was changed meanwhile is under the current key already.
                    try await database.write { tx in
                        for entry in fresh { try column.write(tx, town, entry.value.key, entry.value.sealed, entry.sealed) }
                    }
                    count += fresh.count
                    progress(column.name, count)
                }
                last = end.key
            }
            total += count
        }
        return total
    }
}
