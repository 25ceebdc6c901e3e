/// Which cells of the ground every grid of the drafts gets.
struct Layout: Sendable {
    struct Part: Sendable {
        let draft: GridDraft
        let cells: [Int]
        let parts: [Part]

        var leaves: [Part] { parts.isEmpty ? [self] : parts.flatMap(\.leaves) }
    }
    struct Village: Sendable {
        let draft: VillageDraft
        let cells: [Int]
        /// From the north-west to the south-east, in which order they are numbered (domain.md §2.1).
        let parts: [Part]
    }

    let villages: [Village]
    let ground: Ground

    private static let cells = 6300

    /// - Throws: ``Growth/Stuck``.
    init(_ drafts: [VillageDraft], _ chance: inout Chance) throws {
        let field = HexField(cells: Self.cells, chance: &chance)
        let growth = Growth(field: field)
        // The old town and the communities around it lie in the middle.
        let order = drafts.filter(\.entry.isCommunity) + chance.shuffled(drafts.filter { !$0.entry.isCommunity })
        let regions = try growth.divide(
            Array(field.middles.indices), by: order.map(\.hectares), least: order.map { Self.least($0.grids) * 3 / 2 },
            centreFirst: true,
            &chance)
        var villages: [(draft: VillageDraft, cells: [Int], parts: [Part])] = []
        for (draft, cells) in zip(order, regions) {
            villages.append((draft, cells, try Self.parts(draft.grids, of: cells, growth, &chance)))
        }
        let ground = Ground(field: field, regions: villages.flatMap { $0.parts.flatMap(\.leaves).map(\.cells) }, chance: &chance)
        self.ground = ground
        self.villages = villages.sorted { $0.draft.entry.serial < $1.draft.entry.serial }.map { village in
            Village(
                draft: village.draft, cells: village.cells,
                parts: village.parts.sorted { ground.southEast(of: $0.cells) < ground.southEast(of: $1.cells) })
        }
    }

    private static func parts(_ drafts: [GridDraft], of cells: [Int], _ growth: Growth, _ chance: inout Chance) throws -> [Part] {
        guard !drafts.isEmpty else { return [] }
        let regions = try growth.divide(cells, by: drafts.map(\.weight), least: drafts.map { least($0.children) }, &chance)
        var parts: [Part] = []
        for (draft, region) in zip(drafts, regions) {
            parts.append(Part(draft: draft, cells: region, parts: try Self.parts(draft.children, of: region, growth, &chance)))
        }
        return parts
    }

    /// A grid without parts has at least three cells.
    private static func least(_ drafts: [GridDraft]) -> Int {
        drafts.isEmpty ? 3 : drafts.reduce(0) { $0 + least($1.children) }
    }
}
