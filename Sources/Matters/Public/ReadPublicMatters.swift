package import Directory
package import Kernel
import Storage

/// Reads what everybody may know of the town's matters, for feeds and for other platforms.
package struct ReadPublicMatters: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// The newest matters of `filter`, with the grids and categories that name them.
    package func callAsFunction(
        _ filter: PublicMatterFilter, town: ID<Town>
    ) async throws -> (matters: [ListedMatter], tree: GridTree, taxonomy: Taxonomy) {
        try await desk.database.read { tx in
            let taxonomy = try desk.taxonomy(tx, town)
            let found = try store(tx, town, taxonomy).list(filter)
            let histories = try MatterEventStore(tx, town: town).histories(of: found.map(\.id))
            return (
                found.compactMap { ListedMatter($0, histories[$0.id, default: []]) }, try desk.tree(tx, town), taxonomy
            )
        }
    }

    /// What was done about them between two times, both included, the oldest first.
    package func acts(
        from: Instant, to: Instant, skipping: Int, limit: Int, town: ID<Town>
    ) async throws -> [ListedAct] {
        try await desk.database.read { tx in
            try store(tx, town, try desk.taxonomy(tx, town)).acts(from: from, to: to, skipping: skipping, limit: limit).map {
                ListedAct(matter: $0.matter, entry: PublicMatter.Entry($0))
            }
        }
    }

    /// The town's categories, and whether there is a matter by each of these ids already.
    package func known(
        _ ids: [ID<Matter>], town: ID<Town>
    ) async throws -> (known: Set<ID<Matter>>, tree: GridTree, taxonomy: Taxonomy) {
        try await desk.database.read { tx in
            let known = try MatterStore(tx, town: town).known(ids)
            return (known, try desk.tree(tx, town), try desk.taxonomy(tx, town))
        }
    }

    private func store(_ tx: any Transaction, _ town: ID<Town>, _ taxonomy: Taxonomy) throws -> PublicMatterStore {
        PublicMatterStore(tx, town: town, hiding: taxonomy.categories.filter(\.isRestricted).map(\.code))
    }
}
