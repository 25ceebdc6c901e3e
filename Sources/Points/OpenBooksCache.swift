import Directory
import Kernel
import Storage

/// The open books of each village, added up at most every ten seconds however many look at them.
final class OpenBooksCache: Sendable {
    private struct Key: Hashable {
        let town: ID<Town>
        let village: ID<GridNode>
    }
    private let kept = Guarded<[Key: (until: Instant, books: OpenBooks)]>([:])
    private static let age = Span.seconds(10)

    /// - Throws: ``NotFound`` for a village without points.
    func read(_ village: ID<GridNode>, town: ID<Town>, _ desk: PointsDesk) async throws -> OpenBooks {
        let (key, now) = (Key(town: town, village: village), desk.ambient.now())
        if let known = kept.withLock({ $0[key] }), now < known.until, known.books.day == now.day() { return known.books }
        let books = try await desk.database.read { tx in
            let grid = try desk.village(village, in: .town, tx, town)
            let sets = RuleSetStore(tx, town: town)
            return OpenBooks(
                village: grid, day: now.day(), totals: try LedgerProofStore(tx, town: town).totals(of: village),
                sets: try Audience.allCases.compactMap { try sets.inForce(village, $0, on: now.day()) })
        }
        kept.withLock { $0[key] = (now + Self.age, books) }
        return books
    }
}
