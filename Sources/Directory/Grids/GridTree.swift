package import Geometry
package import Kernel
import Web

/// The grids of one town as they stand on one day, with their areas and whoever holds a post there: a snapshot that any thread may ask.
package struct GridTree: Sendable {
    package let town: ID<Town>
    package let day: Day
    /// Level 1, by code.
    package let roots: [Grid]
    /// Every grid, each followed by what lies below it, by code.
    package let all: [Grid]
    /// The posts held on that day, by their ids.
    package let posts: [Post]
    package let areas: [ID<GridNode>: Area]
    /// Answers which of the grids with an area a point is in.
    package let locator: GridLocator<ID<GridNode>>
    /// Grids with somebody to go to: a grid worker or, on level 1, also the grid chief.
    package let staffed: Set<ID<GridNode>>

    /// Every grid that has an area, drawn on one sheet; nil when none has.
    package let sketch: MapSketch?

    private var counted: Overview?
    /// What a grid's full name in Chinese is in English: for the history, which keeps names as they were written then.
    package private(set) var englishNames: [String: String] = [:]
    private let grids: [ID<GridNode>: Grid]
    private let childrenOf: [ID<GridNode>: [Grid]]
    private let postsOn: [ID<GridNode>: [Post]]
    private let postsOf: [ID<PersonNode>: [Post]]

    /// Grids and posts that do not stand on `day` are left out, and so is what hangs on a grid that is left out.
    package init(town: ID<Town>, day: Day, grids: [Grid], posts: [Post] = [], areas: [ID<GridNode>: Area] = [:]) {
        let standing = grids.filter { $0.isValid(on: day) }.sorted { ($0.code, $0.id) < ($1.code, $1.id) }
        let byParent = Dictionary(grouping: standing.filter { $0.parent != nil }, by: \.parent)
        let roots = standing.filter { $0.parent == nil }
        let ordered = roots.flatMap { Self.subtree($0, byParent, depth: GridLevel.allCases.count) }
        let known = Dictionary(ordered.map { ($0.id, $0) }) { first, _ in first }
        let held = posts.filter { $0.term.contains(day) && $0.grid.map { known[$0] != nil } ?? true }.sorted { $0.id < $1.id }
        self.town = town
        self.day = day
        self.roots = roots
        all = ordered
        self.grids = known
        childrenOf = Dictionary(grouping: ordered.filter { $0.parent != nil }) { $0.parent ?? $0.id }
        self.posts = held
        postsOn = Dictionary(grouping: held.filter { $0.grid != nil }) { $0.grid ?? ID(town.uuid) }
        postsOf = Dictionary(grouping: held, by: \.person)
        self.areas = areas.filter { known[$0.key] != nil }
        locator = GridLocator(
            ordered.compactMap { grid in areas[grid.id].map { (grid.id, grid.level.rawValue, grid.code, $0) } })
        sketch = MapSketch(ordered.compactMap { grid in areas[grid.id].map { (grid, $0) } })
        staffed = Set(
            held.compactMap { post in
                switch post.kind {
                case .gridWorker: post.grid
                case .gridChief: post.grid.flatMap { known[$0]?.level == .one ? $0 : nil }
                default: nil
                }
            })
        counted = Overview(of: self)
        englishNames = Dictionary(ordered.map { (fullName(of: $0.id, in: .zh), fullName(of: $0.id, in: .en)) }) { first, _ in
            first
        }
    }

    /// The whole town's public figures, counted when the tree was built: its home page shows them to everybody.
    package var overview: Overview { counted ?? Overview(of: self) }

    private static func subtree(_ grid: Grid, _ byParent: [ID<GridNode>?: [Grid]], depth: Int) -> [Grid] {
        guard depth > 1 else { return [grid] }
        return [grid] + byParent[grid.id, default: []].flatMap { subtree($0, byParent, depth: depth - 1) }
    }

    // MARK: The tree

    /// Nil when there is no such grid in this town on this day.
    package func grid(_ id: ID<GridNode>) -> Grid? { grids[id] }

    /// The grids right below, by code.
    package func children(of id: ID<GridNode>) -> [Grid] { childrenOf[id, default: []] }

    /// From level 1 down to the grid itself; empty when there is no such grid.
    package func path(_ id: ID<GridNode>) -> [Grid] {
        var path: [Grid] = []
        var next = grids[id]
        while let grid = next, path.count < GridLevel.allCases.count {
            path.insert(grid, at: 0)
            next = grid.parent.flatMap { grids[$0] }
        }
        return path
    }

    /// From the parent up to level 1.
    package func ancestors(of id: ID<GridNode>) -> [Grid] { path(id).dropLast().reversed() }

    /// Everything below, each grid followed by what lies below it; not the grid itself.
    package func descendants(of id: ID<GridNode>) -> [Grid] {
        children(of: id).flatMap { [$0] + descendants(of: $0.id) }
    }

    /// The level-1 grid it lies in, or itself.
    package func village(of id: ID<GridNode>) -> Grid? { path(id).first }

    /// Whether `scope` reaches the grid; false when there is no such grid.
    package func isIn(_ scope: Scope, _ id: ID<GridNode>) -> Bool { grids[id] != nil && scope.covers(path(id).map(\.id)) }

    /// The grids that `scope` reaches, in order.
    package func all(in scope: Scope) -> [Grid] {
        switch scope {
        case .town: all
        case .grids(let roots): all.filter { grid in path(grid.id).contains { roots.contains($0.id) } }
        }
    }

    // MARK: Posts and places

    /// Who holds a post on exactly this grid.
    package func posts(on grid: ID<GridNode>) -> [Post] { postsOn[grid, default: []] }

    package func posts(on grid: ID<GridNode>, _ kind: PostKind) -> [Post] { posts(on: grid).filter { $0.kind == kind } }

    package func posts(of person: ID<PersonNode>) -> [Post] { postsOf[person, default: []] }

    /// The deepest grid that covers `point`, its path root-first; empty outside all of them.
    package func path(at point: Coordinate) -> [Grid] { locator.locate(point).map(path) ?? [] }
}
