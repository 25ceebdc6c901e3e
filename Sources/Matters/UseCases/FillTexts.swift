package import Kernel
package import Storage

/// Enters the matters that were closed before the full-text index was there. Run once, by the migration; may be stopped and run again.
package struct FillTexts: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// - Returns: how many were entered.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>, atOnce limit: Int = 2000) async throws -> Int {
        var (filled, last) = (0, ID<Matter>?.none)
        while true {
            let after = last
            let matters = try await database.write { tx in
                let store = MatterTextStore(tx, town: town)
                let matters = try store.missing(after: after, limit: limit)
                for matter in matters { try store.add(matter) }
                return matters
            }
            guard let end = matters.last else { return filled }
            filled += matters.count
            last = end.id
        }
    }
}
