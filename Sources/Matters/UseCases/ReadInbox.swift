import Directory
import Kernel
import Storage

/// A tab of the office's list, with the figures of all tabs.
struct Inbox: Sendable {
    let tab: StageTab
    let filter: MatterFilter
    let grid: ID<GridNode>?
    let after: MatterCursor?
    let list: MatterList
    let counts: [StageTab: Int]
    /// The grids one may filter by.
    let grids: [Grid]
}

/// Reads lists for pages and for the API, always within the reader's scope.
struct ReadInbox: Sendable {
    let desk: MatterDesk

    /// - Parameter grid: only this grid and what is below it.
    /// - Throws: ``Forbidden`` without `matter.read`; ``NotFound`` when `grid` is out of reach.
    func callAsFunction(
        _ tab: StageTab, _ filter: MatterFilter, grid: ID<GridNode>?, after: MatterCursor?, by principal: Principal
    ) async throws -> (Inbox, GridTree, Taxonomy) {
        let scope = try principal.scope(for: .readMatter)
        let hiding = RestrictedReach(principal)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let store = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            let all = MatterReach(scope, tree)
            let reach = try grid.map { try MatterReach(scope, tree, within: $0) } ?? all
            let byPlace = try store.counts(all, hiding: hiding)
            var counts = Dictionary(byPlace.map { (StageTab.of($0), $1) }) { first, _ in first }
            counts[.open] = byPlace.values.reduce(0, +)
            var list: MatterList?
            if let handled = principal.grants[.handleMatter], handled != .town {
                // To be checked and handled is what lies in one's own hands or below.
                let mine = try store.inboxCounts(handled, tree, hiding: hiding)
                counts[.check] = mine[.collected] ?? 0
                counts[.handle] = mine[.accepted] ?? 0
                if grid == nil, tab == .check || tab == .handle {
                    list = try store.inbox(handled, tree, hiding: hiding, filter, after: after)
                }
            }
            let inbox = Inbox(
                tab: tab, filter: filter, grid: grid, after: after,
                list: try list ?? store.list(reach, hiding: hiding, filter, after: after), counts: counts,
                grids: tree.all(in: scope))
            return (inbox, tree, try desk.taxonomy(tx, principal.town))
        }
    }

    /// A stretch of the list for a program.
    /// - Throws: as above.
    func list(
        _ filter: MatterFilter, grid: ID<GridNode>?, after: MatterCursor?, limit: Int, by principal: Principal
    ) async throws -> (MatterList, GridTree) {
        let scope = try principal.scope(for: .readMatter)
        let hiding = RestrictedReach(principal)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let reach = try grid.map { try MatterReach(scope, tree, within: $0) } ?? MatterReach(scope, tree)
            let store = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            return (try store.list(reach, hiding: hiding, filter, after: after, limit: limit), tree)
        }
    }
}
