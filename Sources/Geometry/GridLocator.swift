package import Kernel

/// Answers in which grid a point lies. Built once, then asked from any number of threads. 网格定位
///
/// Among the areas that cover the point, their border included, the one of the deepest level is the answer; among equals, the one
/// with the smallest code. So a point on a shared border belongs to exactly one grid, always the same.
package struct GridLocator<Key: Sendable & Hashable>: Sendable {
    private let keys: [Key]
    private let index: CoverIndex

    /// A greater `level` lies deeper. Areas are taken to be free of flaws.
    package init(_ grids: [(key: Key, level: Int, code: String, area: Area)]) {
        let ranked = grids.sorted { ($1.level, $0.code) < ($0.level, $1.code) }
        keys = ranked.map(\.key)
        index = CoverIndex(ranked.map(\.area))
    }

    /// The deepest grid that covers `point`; nil outside all of them.
    package func locate(_ point: Coordinate) -> Key? {
        index.firstCovering(point).map { keys[$0] }
    }
}
