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
                let (end, changed) = try await database.write { tx in
                    let values = try column.read(tx, town, after, Self.atOnce)
                    var changed = 0
                    for value in values {
                        guard let fresh = try vault.resealed(value.sealed, for: value.place) else { continue }
                        try column.write(tx, town, value.key, value.sealed, fresh)
                        changed += 1
                    }
                    return (values.last?.key, changed)
                }
                count += changed
                guard let end else { break }
                last = end
                if changed > 0 { progress(column.name, count) }
            }
            total += count
        }
        return total
    }
}
