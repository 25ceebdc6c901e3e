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
            let (tree, timing) = try desk.treeAndTiming(tx, town)
            let taxonomy = try desk.taxonomy(tx, town)
            let listed = store(tx, town, taxonomy)
            let found = try listed.list(filter)
            let pictures = try listed.pictures(of: found.map(\.id))
            let histories = try MatterEventStore(tx, town: town).histories(of: found.map(\.id))
            let clocks = try ClockEventStore(tx, town: town).histories(of: found.filter(\.stage.isOpen).map(\.id))
            let matters = found.compactMap { matter -> ListedMatter? in
                let history = histories[matter.id, default: []]
                let settling = Settling(
                    desk: desk, tx: tx, town: town, tree: tree, timing: timing, now: desk.ambient.now(), history: history,
                    events: clocks[matter.id, default: []])
                return ListedMatter(
                    matter, history, clocks: matter.stage.isOpen ? settling.clocks(of: matter) : [],
                    pictures: pictures[matter.id, default: []])
            }
            return (matters, tree, taxonomy)
        }
    }

    /// What was done about them between two times, both included, the oldest first.
    package func acts(
        from: Instant, to: Instant, skipping: Int, limit: Int, town: ID<Town>
    ) async throws -> [ListedMatter.Act] {
        try await desk.database.read { tx in
            try store(tx, town, try desk.taxonomy(tx, town)).acts(from: from, to: to, skipping: skipping, limit: limit).map(
                ListedMatter.Act.init)
        }
    }

    /// A picture that everybody may see.
    /// - Throws: ``NotFound`` for every other one.
    func picture(_ id: ID<MatterPhoto>, town: ID<Town>) async throws -> MatterPhoto {
        try await desk.database.read { tx in
            guard let photo = try store(tx, town, try desk.taxonomy(tx, town)).picture(id) else { throw NotFound() }
            return photo
        }
    }

    /// The town's grids and categories, and whether a matter with this id is there already, whoever may see it.
    package func ground(
        of town: ID<Town>, with id: ID<Matter>? = nil
    ) async throws -> (tree: GridTree, taxonomy: Taxonomy, isKnown: Bool) {
        try await desk.database.read { tx in
            let isKnown = try id.map { try MatterStore(tx, town: town).made(by: $0) != nil } ?? false
            return (try desk.tree(tx, town), try desk.taxonomy(tx, town), isKnown)
        }
    }

    private func store(_ tx: any Transaction, _ town: ID<Town>, _ taxonomy: Taxonomy) -> PublicMatterStore {
        PublicMatterStore(tx, town: town, hiding: taxonomy.categories.filter(\.isRestricted).map(\.code))
    }
}
