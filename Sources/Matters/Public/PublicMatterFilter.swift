package import Kernel

/// Which matters are listed for everybody, the newest first.
package struct PublicMatterFilter: Sendable, Hashable {
    /// Only these; nothing else counts then.
    package var ids: Set<ID<Matter>>?
    /// Only of these categories.
    package var categories: Set<String>?
    /// Only open or only closed ones.
    package var isOpen: Bool?
    /// Reported at this time or later.
    package var from: Instant?
    /// Reported at this time or earlier.
    package var to: Instant?
    package var village: ID<GridNode>?
    package var skipping = 0
    package var limit: Int

    package init(limit: Int) { self.limit = limit }

    package init(ids: Set<ID<Matter>>) {
        self.ids = ids
        limit = ids.count
    }
}
