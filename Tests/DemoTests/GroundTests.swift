import Directory
import Geometry
import Kernel
import Testing

@testable import Demo

@Suite struct GroundTests {
    private static let town = ID<Town>(.version7(at: Instant(milliseconds: 1), random: (1, 1)))

    private func grids(seed: UInt64) throws -> TownGrids {
        var chance = Chance(seed: seed, "grids")
        let drafts = TownDraft.villages(&chance)
        let layout = try Layout(drafts, &chance)
        return TownGrids(layout, town: Self.town, time: DemoTime(now: Instant(milliseconds: 1_772_413_200_000)), &chance)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the ground is divided without gaps, overlaps or flaws`(_ seed: UInt64) throws {
        let grids = try grids(seed: seed)
        let areas = grids.areas
        #expect(areas.count == 342 && areas.values.allSatisfy { $0.flaw == nil })
        let size = { (list: [Grid]) in list.reduce(Int64(0)) { $0 + (areas[$1.id]?.squareDecimetres ?? 0) } }
        let villages = grids.all.filter { $0.level == .one }
        #expect(abs(size(villages) - 5_466_000_000) < 5_466_000_000 / 1000)
        // Simple outlines whose sizes add up to the parent's, inside the parent, cannot overlap.
        for parent in grids.all {
            let children = grids.all.filter { $0.parent == parent.id }
            guard !children.isEmpty, let outline = areas[parent.id] else { continue }
            #expect(abs(size(children) - outline.squareDecimetres) < 1000, "\(parent.nameZh)")
            for corner in children.compactMap({ areas[$0.id] }).flatMap({ $0.polygons.flatMap(\.exterior) }) {
                #expect(outline.covers(corner))
            }
        }
    }

    @Test func `the same seed draws the same ground, another seed another`() throws {
        let (first, again, other) = (try grids(seed: 5), try grids(seed: 5), try grids(seed: 6))
        #expect(first.all == again.all && first.areas == again.areas)
        #expect(first.areas[first.all[0].id] != other.areas[other.all[0].id])
    }
}
