package import Kernel
import Storage

/// A file of boundaries that somebody brought: first on trial, then written as a whole or thrown away, and undone as a whole. 成批导入边界
package struct AreaImport: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable, SQLValue {
        case draft, written, discarded, undone
    }

    package let id: ID<AreaImport>
    package let account: ID<AccountNode>?
    /// The post it was brought from, as it was called then.
    package let post: String
    package let fileName: String
    package let state: State
    /// How many areas it changed.
    package let grids: Int
    package let createdAt: Instant
}

/// The area a grid had before a change of it.
struct FormerArea: Sendable {
    let grid: ID<GridNode>
    /// As GeoJSON; nil when there was none.
    let geometry: String?
    let isSynthetic: Bool
    /// How often the grid's area had been changed with that change.
    let changes: Int
}
