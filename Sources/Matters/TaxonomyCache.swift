package import Kernel
package import Storage

/// The taxonomy of every town asked about, kept in this process for half a minute: it hardly ever changes, and every report needs it.
package final class TaxonomyCache: Sendable {
    private let entries = Guarded<[ID<Town>: (until: Instant, taxonomy: Taxonomy)]>([:])

    package init() {}

    package func taxonomy(_ tx: any Transaction, of town: ID<Town>, at now: Instant) throws -> Taxonomy {
        if let kept = entries.withLock({ $0[town] }), now < kept.until, !kept.taxonomy.categories.isEmpty { return kept.taxonomy }
        let taxonomy = try TaxonomyStore(tx).taxonomy(of: town)
        entries.withLock { $0[town] = (now + .seconds(30), taxonomy) }
        return taxonomy
    }

    /// Reads it anew next time; other processes do so within half a minute.
    func forget(_ town: ID<Town>) { entries.withLock { $0[town] = nil } }
}
