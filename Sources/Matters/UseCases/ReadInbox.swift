import Directory
import Kernel
import Storage
import Web

/// A tab of the office's list, with the figures of all tabs.
struct Inbox: Sendable {
    let asked: InboxQuery
    let after: MatterCursor?
    let list: MatterList
    let counts: [StageTab: Int]
    /// The grids one may filter by.
    let grids: [Grid]
    let kept: [KeptFilter]
    /// Open matters that somebody has urged and nobody has acted on since, the newest first.
    let urged: [Matter]
}

/// Reads lists for pages and for the API, always within the reader's scope.
struct ReadInbox: Sendable {
    let desk: MatterDesk

    /// How many urged matters the list shows on top.
    static let urgedLimit = 10

    /// - Throws: ``Forbidden`` without `matter.read`; ``NotFound`` when a grid is out of reach.
    func callAsFunction(
        _ asked: InboxQuery, after: MatterCursor?, by principal: Principal
    ) async throws -> (Inbox, GridTree, Taxonomy) {
        let scope = try principal.scope(for: .readMatter)
        let hiding = RestrictedReach(principal)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let store = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            let byPlace = try store.counts(MatterReach(scope, tree), hiding: hiding)
            var counts = Dictionary(byPlace.map { (StageTab.of($0), $1) }) { first, _ in first }
            counts[.open] = byPlace.values.reduce(0, +)
            if let handled = principal.grants[.handleMatter], handled != .town {
                // To be checked and handled is what lies in one's own hands or below.
                let mine = try store.inboxCounts(handled, tree, hiding: hiding)
                counts[.check] = mine[.collected] ?? 0
                counts[.handle] = mine[.accepted] ?? 0
            }
            let list = try store.list(
                try Self.source(asked, principal, tree), tree, hiding: hiding, Self.filter(asked, principal, tree), after: after)
            let isTop = after == nil && asked.tab != .closed && !asked.isFiltered
            let inbox = Inbox(
                asked: asked, after: after, list: list, counts: counts, grids: tree.all(in: scope),
                kept: try kept(principal, tree, tx),
                urged: isTop
                    ? try UrgeStore(tx, town: principal.town).unanswered(
                        MatterReach(scope, tree), hiding: hiding, at: desk.ambient.now(), limit: Self.urgedLimit) : [])
            return (inbox, tree, try desk.taxonomy(tx, principal.town))
        }
    }

    /// What a query's list is taken from.
    /// - Throws: ``NotFound`` when its grid is out of reach; ``Forbidden``.
    static func source(_ asked: InboxQuery, _ principal: Principal, _ tree: GridTree) throws -> MatterSource {
        let scope = try principal.scope(for: .readMatter)
        if let grid = asked.grid { return .place(try MatterReach(scope, tree, within: grid)) }
        if asked.tab == .check || asked.tab == .handle, let handled = principal.grants[.handleMatter], handled != .town {
            return .hands(handled)
        }
        return .place(MatterReach(scope, tree))
    }

    static func filter(_ asked: InboxQuery, _ principal: Principal, _ tree: GridTree) -> MatterFilter {
        asked.filter(hands: asked.hands.map { hands($0, principal, tree) })
    }

    /// The grids of today that `hands` stands for.
    static func hands(_ hands: InboxQuery.Hands, _ principal: Principal, _ tree: GridTree) -> MatterFilter.Hands {
        switch hands {
        case .mine:
            guard case .grids(let roots) = principal.grants[.handleMatter] ?? .nothing else { return .town }
            return .grids(roots)
        case .nobody:
            let all = tree.all(in: principal.grants[.readMatter] ?? .nothing).map(\.id)
            return .grids(Set(all).subtracting(tree.staffed))
        }
    }

    // MARK: Saved filters

    /// - Throws: ``Forbidden`` without `matter.read`.
    func filters(for principal: Principal) async throws -> [KeptFilter] {
        _ = try principal.scope(for: .readMatter)
        return try await desk.database.read { tx in try kept(principal, try desk.tree(tx, principal.town), tx) }
    }

    /// Where the list begins for somebody who has said so.
    func start(of principal: Principal) async throws -> InboxQuery? {
        try await desk.database.read { tx in
            let store = SavedFilterStore(tx, town: principal.town)
            guard let id = try store.start(of: principal.account) else { return nil }
            guard let asked = try store.filters(for: principal).first(where: { $0.id == id })?.asked else { return nil }
            // A shared one may ask of a grid that is gone or out of reach; the list itself must open all the same.
            let isInReach = (try? Self.source(asked, principal, try desk.tree(tx, principal.town))) != nil
            return isInReach ? asked : nil
        }
    }

    private func kept(_ principal: Principal, _ tree: GridTree, _ tx: any Transaction) throws -> [KeptFilter] {
        let store = SavedFilterStore(tx, town: principal.town)
        let filters = try store.filters(for: principal).compactMap { filter in filter.asked.map { (filter, $0) } }
        guard !filters.isEmpty else { return [] }
        let start = try store.start(of: principal.account)
        let lists = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
        // A grid that stands no more, or is out of reach by now, leaves its filter without a figure.
        let sources = filters.map { $0.1.tab == .closed ? nil : try? Self.source($0.1, principal, tree) }
        var counts: [Int?] = filters.map { _ in nil }
        for source in Set(sources.compactMap { $0 }) {
            let places = sources.indices.filter { sources[$0] == source }
            let hiding = RestrictedReach(principal)
            let questions = places.map {
                FilterFigures.Question(
                    town: principal.town, filter: Self.filter(filters[$0].1, principal, tree), source: source, hiding: hiding)
            }
            let found = try desk.filterFigures.counts(questions, at: desk.ambient.now()) {
                try lists.counts($0.map(\.filter), in: source, tree, hiding: hiding)
            }
            for (place, count) in zip(places, found) { counts[place] = count }
        }
        return zip(filters, counts).map { KeptFilter(filter: $0.0, asked: $0.1, count: $1, isStart: $0.0.id == start) }
    }

    // MARK: For programs and files

    /// A stretch of the list that a query asks for.
    /// - Throws: as above.
    func list(
        _ asked: InboxQuery, after: MatterCursor?, limit: Int, by principal: Principal
    ) async throws -> (MatterList, GridTree) {
        let hiding = RestrictedReach(principal)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let store = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            let source = try Self.source(asked, principal, tree)
            let filter = Self.filter(asked, principal, tree)
            return (try store.list(source, tree, hiding: hiding, filter, after: after, limit: limit), tree)
        }
    }

    /// A stretch of the list for a program.
    /// - Throws: as above.
    func list(
        _ filter: MatterFilter, grid: ID<GridNode>?, hands: InboxQuery.Hands? = nil, after: MatterCursor?, limit: Int,
        by principal: Principal
    ) async throws -> (MatterList, GridTree) {
        let scope = try principal.scope(for: .readMatter)
        let hiding = RestrictedReach(principal)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let reach = try grid.map { try MatterReach(scope, tree, within: $0) } ?? MatterReach(scope, tree)
            let store = MatterListStore(tx, town: principal.town, at: desk.ambient.now())
            var filter = filter
            filter.hands = hands.map { Self.hands($0, principal, tree) }
            return (try store.list(reach, hiding: hiding, filter, after: after, limit: limit), tree)
        }
    }
}

extension SavedFilter {
    /// What it asks for; nil when it can no longer be read.
    var asked: InboxQuery? { (try? Form(urlEncoded: query)).flatMap { try? InboxQuery($0) } }
}
