import Geometry
import Kernel

/// `jinlin-bench`: how many points a second one core finds the grid of, among 342 areas and among 300,000, beside what testing the
/// one right area alone would take. Prints one JSON object a line; `scripts/bench` puts them into its table.
@main
struct Benchmarks {
    static func main() throws {
        try measure(Patchwork(columns: 19, rows: 18))
        try measure(Patchwork(columns: 600, rows: 500))
    }

    private static func measure(_ patchwork: Patchwork) throws {
        let clock = ContinuousClock()
        let areas = try patchwork.areas()
        var chance = Chance(seed: 1)
        let points = try (0..<1 << 18).map { _ in try patchwork.point(&chance) }

        let start = clock.now
        let locator = GridLocator(areas.enumerated().map { (key: $0.offset, level: 1, code: "", area: $0.element) })
        let building = clock.now - start

        let outlines = areas.map(Outline.init)
        let known = points.map { (outline: outlines[locator.locate($0.point) ?? $0.square], point: $0.point) }
        let bare = rate(known) { $0.outline.contains($0.point) }
        let found = rate(points) { locator.locate($0.point) != nil }
        print(
            """
            {"areas": \(areas.count), "corners": 32, "lookups": \(Int(found.rate)), "bare": \(Int(bare.rate)), \
            "found": \(found.share), "build_s": \(seconds(building))}
            """)
    }

    /// Items tested a second, over at least three seconds after one round to warm up, and the share of hits among them.
    private static func rate<Item>(_ items: [Item], _ test: (Item) -> Bool) -> (rate: Double, share: Double) {
        let clock = ContinuousClock()
        var (hits, count) = (0, 0)
        func round() {
            for item in items where test(item) { hits += 1 }
            count += items.count
        }
        round()
        let (start, before) = (clock.now, count)
        while clock.now - start < .seconds(3) { round() }
        return (Double(count - before) / seconds(clock.now - start), Double(hits) / Double(count))
    }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
