import Directory
import Kernel
import Storage

/// Reads samples for those who stand above a unit, and for those who work in it.
struct ReadSamples: Sendable {
    let desk: MatterDesk

    /// How many are listed: two years of a village with its grids.
    static let limit = 200

    /// - Returns: the newest samples within reach, and the units whose closed matters the reader may draw from.
    /// - Throws: ``Forbidden`` without `matter.followUp`.
    func list(
        for principal: Principal, limit: Int = ReadSamples.limit
    ) async throws -> (samples: [Sample], units: [Grid], wording: (GridTree, Taxonomy)) {
        let scope = try principal.scope(for: .followUpMatter)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            let within = tree.all(in: scope).filter { $0.level != .three }
            let units = within.filter { (try? DrawSample.checkAbove(principal, $0.id, tree)) != nil }
            let order = Dictionary(within.enumerated().map { ($1.id, $0) }) { first, _ in first }
            // The newest month first, within it in the order of the codes.
            let samples = try SampleStore(tx, town: principal.town).newest(of: within.map(\.id), limit: limit).sorted {
                ($1.month.first, order[$0.unit] ?? 0) < ($0.month.first, order[$1.unit] ?? 0)
            }
            return (samples, units, (tree, try desk.taxonomy(tx, principal.town)))
        }
    }

    /// - Throws: ``NotFound`` out of reach.
    func callAsFunction(_ id: ID<Sample>, for principal: Principal) async throws -> SampleSight {
        let scope = try principal.scope(for: .followUpMatter)
        return try await desk.database.read { tx in
            let tree = try desk.tree(tx, principal.town)
            guard let sample = try SampleStore(tx, town: principal.town).find(id), tree.isIn(scope, sample.unit) else {
                throw NotFound()
            }
            let matters = try sample.lines.compactMap {
                try MatterStore(tx, town: principal.town).find($0.matter, for: principal)
            }
            return SampleSight(
                sample: sample, matters: Dictionary(matters.map { ($0.id, $0) }) { first, _ in first },
                mayRecord: (try? DrawSample.checkAbove(principal, sample.unit, tree)) != nil, tree: tree,
                taxonomy: try desk.taxonomy(tx, principal.town))
        }
    }
}

/// A sample with the matters that its reader may see.
struct SampleSight: Sendable {
    let sample: Sample
    let matters: [ID<Matter>: Matter]
    let mayRecord: Bool
    let tree: GridTree
    let taxonomy: Taxonomy
}
