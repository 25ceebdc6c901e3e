import Directory
import Kernel

/// What saved filters found a moment ago, kept in this process for ten seconds: twenty thousand open matters are not looked through for
/// every page that shows them.
final class FilterFigures: Sendable {
    /// A filter on what somebody may see. Whoever may see the same is told the same figure.
    struct Question: Hashable, Sendable {
        let town: ID<Town>
        let filter: MatterFilter
        let source: MatterSource
        let hiding: RestrictedReach
    }
    private struct Known {
        let count: Int
        let until: Instant
    }
    private let kept = Guarded<[Question: Known]>([:])
    private static let age = Span.seconds(10)

    /// - Parameter look: finds the figures of those that are not known, in their order.
    func counts(_ questions: [Question], at now: Instant, _ look: ([Question]) throws -> [Int]) rethrows -> [Int] {
        let known = kept.withLock { all in questions.map { all[$0].flatMap { now < $0.until ? $0.count : nil } } }
        let unknown = zip(questions, known).filter { $0.1 == nil }.map(\.0)
        guard !unknown.isEmpty else { return known.compactMap { $0 } }
        let fresh = Dictionary(zip(unknown, try look(unknown))) { first, _ in first }
        kept.withLock { all in
            all = all.filter { now < $0.value.until }
            for (question, count) in fresh { all[question] = Known(count: count, until: now + Self.age) }
        }
        return zip(questions, known).map { question, count in count ?? fresh[question] ?? 0 }
    }
}
