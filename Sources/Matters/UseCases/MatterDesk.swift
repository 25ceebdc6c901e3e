package import Delivery
package import Directory
package import Identity
package import Kernel
package import Storage

/// What every use case of this room works with.
package struct MatterDesk: Sendable {
    package let database: any Database
    package let ambient: Ambient
    package let vault: Vault
    package let directory: DirectoryCache
    package let taxonomies: TaxonomyCache
    let timings = TimingCache()
    let filterFigures = FilterFigures()
    /// Whether anybody is told; where nobody is, no messages are written.
    package let listeners: Listeners

    package init(
        database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache,
        taxonomies: TaxonomyCache = TaxonomyCache(),
        listeners: Listeners = Listeners()
    ) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.directory = directory
        self.taxonomies = taxonomies
        self.listeners = listeners
    }

    /// The town's grids today.
    func tree(_ tx: any Transaction, _ town: ID<Town>) throws -> GridTree {
        try directory.tree(tx, town: town, day: ambient.now().day())
    }

    /// The town's grids today, and what its clocks are measured with.
    func treeAndTiming(_ tx: any Transaction, _ town: ID<Town>) throws -> (GridTree, TownTiming) {
        let (tree, calendar, version) = try directory.treeAndCalendar(tx, town: town, day: ambient.now().day())
        return (tree, try timings.timing(tx, town, calendar, version: version))
    }

    func taxonomy(_ tx: any Transaction, _ town: ID<Town>) throws -> Taxonomy {
        try taxonomies.taxonomy(tx, of: town, at: ambient.now())
    }

    /// One text for what a request says, under a key: tells a retry from another request, without keeping what it said.
    func digest(_ fields: [String]) -> String {
        vault.mark(fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "|"), kind: "matter-request")
    }
}

extension GridTree {
    /// From the village down to the grid, with whether anybody is in post.
    package func rungs(to grid: ID<GridNode>) -> [Rung] {
        path(grid).map { Rung(grid: $0.id, level: $0.level.rawValue, isStaffed: staffed.contains($0.id)) }
    }

    /// The ids from the village down to whoever holds the matter; empty for the town.
    package func holderPath(_ holder: Holder) -> [ID<GridNode>] {
        guard let grid = holder.grid else { return [] }
        let path = path(grid).map(\.id)
        // A grid that does not stand any more still belongs to whoever reaches it by name.
        return path.isEmpty ? [grid] : path
    }
}
