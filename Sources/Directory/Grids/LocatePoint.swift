package import Kernel
package import Storage

/// Says which grid a point is in: the deepest, and on a shared border always the same one.
package struct LocatePoint: Sendable {
    let database: any Database
    let ambient: Ambient
    let cache: DirectoryCache

    package init(database: any Database, ambient: Ambient, cache: DirectoryCache) {
        self.database = database
        self.ambient = ambient
        self.cache = cache
    }

    /// - Returns: the path from the village down; empty outside the town's areas.
    package func callAsFunction(_ point: Coordinate, in town: ID<Town>) async throws -> [Grid] {
        let today = ambient.now().day()
        return try await database.read { tx in try cache.tree(tx, town: town, day: today).path(at: point) }
    }
}
