import Directory
import Kernel
import Storage

/// Reads quoted thanks: for everybody what is shown, for the office all within its reach.
struct ReadQuotes: Sendable {
    let desk: MatterDesk

    /// How many are shown at once.
    static let limit = 50
    /// How many the office is shown of each kind, the newest.
    static let officeLimit = 200

    /// What everybody may read of a village, the newest first.
    /// - Parameter after: go on after this one.
    /// - Throws: ``NotFound`` for a place that is not a village.
    func shown(
        in village: ID<GridNode>, after: ID<Rating>? = nil, town: ID<Town>, limit: Int = ReadQuotes.limit
    ) async throws -> (lines: [QuoteLine], next: ID<Rating>?, tree: GridTree, taxonomy: Taxonomy) {
        try await desk.database.read { tx in
            let (tree, taxonomy) = (try desk.tree(tx, town), try desk.taxonomy(tx, town))
            guard tree.grid(village)?.level == .one else { throw NotFound() }
            let store = QuoteStore(tx, town: town)
            let last = try after.map { id in
                guard let quote = try store.find(id), quote.village == village else { throw NotFound() }
                return quote
            }
            let hidden = taxonomy.categories.filter(\.isRestricted).map(\.code)
            let lines = try store.shown(in: village, hiding: hidden, after: last, limit: limit + 1)
            let page = Array(lines.prefix(limit))
            return (page, lines.count > limit ? page.last?.quote.rating : nil, tree, taxonomy)
        }
    }

    /// - Throws: ``Forbidden`` without `quote.keep`.
    func office(
        _ states: [QuoteRules.State], for principal: Principal
    ) async throws -> (lines: [QuoteLine], changes: [ID<Rating>: [QuoteChange]], tree: GridTree, taxonomy: Taxonomy) {
        let scope = try principal.scope(for: .keepQuotes)
        let town = principal.town
        return try await desk.database.read { tx in
            let store = QuoteStore(tx, town: town)
            let lines = try store.list(states, in: scope, RestrictedReach(principal), limit: Self.officeLimit)
            let changes = try store.changes(of: lines.map(\.quote.rating))
            return (
                lines, Dictionary(grouping: changes, by: \.rating), try desk.tree(tx, town), try desk.taxonomy(tx, town)
            )
        }
    }
}
