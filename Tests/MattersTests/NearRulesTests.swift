import Foundation
import Kernel
import TestSupport
import Testing

@testable import Matters

struct NearRulesTests {
    private static let ambient = Ambient.fixed()
    private static let (grid, other): (ID<GridNode>, ID<GridNode>) = (ambient.newID(), ambient.newID())
    private static let now = Instant.testStart

    private static func point(_ metresNorth: Double) -> Coordinate? {
        // A degree along a meridian of the sphere that distances are measured on.
        Coordinate(longitude: 118.475, latitude: 24.718 + metresNorth / 111_195.079_735_463)
    }

    private static func lamp(radius: Int?) -> Matters.Category {
        var category = Category("0101", "路灯不亮", "A lamp is out", .small)
        category.nearMetres = radius
        return category
    }

    private static func matter(
        _ point: Coordinate?, in grid: ID<GridNode>? = nil, of category: Matters.Category? = nil, stage: MatterStage = .collected,
        closed: Instant? = nil
    ) -> Matter {
        var matter = Matter(
            id: ambient.newID(), number: PublicNumber(random: 1), category: category ?? lamp(radius: 50), words: "灯不亮",
            place: MatterPlace(grid: grid ?? self.grid, village: self.grid, coordinate: point), channel: .phone, reportedAt: now,
            holder: .town)
        matter.stage = stage
        matter.closedAt = closed
        return matter
    }

    private func distance(_ matter: Matter, from point: Coordinate?, radius: Int? = 50) -> NearRules.Distance? {
        NearRules.distance(
            of: matter, to: MatterPlace(grid: Self.grid, village: Self.grid, coordinate: point), as: Self.lamp(radius: radius),
            at: Self.now)
    }

    @Test(arguments: [(0.0, true), (49.9, true), (50.1, false), (500.0, false)])
    func `counts as near up to the category's radius`(_ metres: Double, _ isNear: Bool) throws {
        #expect((distance(Self.matter(Self.point(metres)), from: Self.point(0)) != nil) == isNear)
    }

    @Test func `what lies exactly at the radius is near, and a metre less is not enough`() throws {
        let (here, there) = (try #require(Self.point(0)), try #require(Self.point(80)))
        let metres = here.metres(to: there)
        let exactly = Int(metres.rounded(.up))
        #expect(distance(Self.matter(there), from: here, radius: exactly) == .metres(metres))
        #expect(distance(Self.matter(there), from: here, radius: exactly - 1) == nil)
        #expect(distance(Self.matter(here), from: here, radius: 1) == .metres(0))
    }

    @Test func `only of the same category, never of a restricted one, never where the radius is 0`() {
        let (here, damage) = (Self.point(0), Category("0105", "道路破损", "Damaged road", .small))
        #expect(distance(Self.matter(here, of: damage), from: here) == nil)
        #expect(distance(Self.matter(here), from: here, radius: 0) == nil)
        var secret = Category("0101", "路灯", "Lamp", .small, visibility: .restricted)
        secret.nearMetres = 500
        #expect(secret.nearWithin == 0)
        #expect(distance(Self.matter(here, of: secret), from: here) == nil)
    }

    @Test(arguments: [
        (Span.days(14), true), (Span(milliseconds: 14 * 86_400_000 + 1), false), (.seconds(0), true), (.days(400), false),
    ])
    func `what was closed is shown for fourteen days to the millisecond`(_ ago: Span, _ isShown: Bool) {
        let closed = Self.matter(Self.point(0), stage: .closed, closed: Self.now - ago)
        #expect((distance(closed, from: Self.point(0)) != nil) == isShown)
        #expect(!NearRules.mayJoin(closed))
        // What went into another matter is shown as that one.
        #expect(distance(Self.matter(Self.point(0), stage: .merged), from: Self.point(0)) == nil)
    }

    @Test func `without a point the grid decides`() {
        #expect(distance(Self.matter(nil), from: Self.point(0)) == .sameGrid)
        #expect(distance(Self.matter(Self.point(400)), from: nil) == .sameGrid)
        #expect(distance(Self.matter(nil, in: Self.other), from: nil) == nil)
        // Both have one: the distance counts, in whichever grid they are.
        #expect(distance(Self.matter(Self.point(400)), from: Self.point(0)) == nil)
        #expect(distance(Self.matter(Self.point(0), in: Self.other), from: Self.point(0)) == .metres(0))
    }

    @Test func `the nearest comes first, of equals the newest, and those without a distance last`() {
        let (early, late) = (Self.now, Self.now + .days(1))
        #expect(NearRules.isBefore((.metres(10), early), (.metres(11), late)))
        #expect(NearRules.isBefore((.metres(10), late), (.metres(10), early)))
        #expect(!NearRules.isBefore((.metres(10), early), (.metres(10), late)))
        #expect(NearRules.isBefore((.metres(900), early), (.sameGrid, late)))
        #expect(!NearRules.isBefore((.sameGrid, late), (.metres(900), early)))
        #expect(NearRules.isBefore((.sameGrid, late), (.sameGrid, early)))
    }

    @Test(arguments: [(0.0, 10), (4.9, 10), (14.9, 10), (15.0, 20), (37.0, 40), (999.0, 1000)])
    func `distances are told in tens of metres`(_ metres: Double, _ told: Int) { #expect(NearRules.told(metres) == told) }

    @Test(arguments: [0.0, 24.7, -33.0, 53.5]) func `the box holds the whole circle`(_ latitude: Double) throws {
        let centre = try #require(Coordinate(longitude: 118.4, latitude: latitude))
        let box = NearRules.box(around: centre, metres: 1000)
        for turn in 0..<16 {
            let angle = Double(turn) * .pi / 8
            // Walk out until a kilometre is reached.
            var (low, high) = (0.0, 0.1)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                let point = try #require(
                    Coordinate(longitude: 118.4 + middle * sin(angle), latitude: latitude + middle * cos(angle)))
                if centre.metres(to: point) < 1000 { low = middle } else { high = middle }
            }
            #expect(box.latitudes.contains(latitude + low * cos(angle)))
            #expect(box.longitudes.contains(118.4 + low * sin(angle)))
        }
    }

    @Test func `every category of the default has a radius that can be set, and people's own business has none`() {
        for category in Taxonomy.default.categories {
            #expect((0...NearRules.longestRadius).contains(category.nearWithin), "\(category.code)")
        }
        let code = Dictionary(uniqueKeysWithValues: Taxonomy.default.categories.map { ($0.code, $0.nearWithin) })
        #expect(code["0101"] == 50 && code["0104"] == 500 && code["0401"] == 0 && code["0501"] == 0 && code["0605"] == 0)
    }

    @Test func `a category of one's own shows nothing until somebody says how far`() {
        var own = Category("0199", "家里有难处", "Hardship at home", .small)
        #expect(own.nearWithin == 0)
        own.nearMetres = 30
        #expect(own.nearWithin == 30)
    }

    @Test func `what became of a matter does not change where it is`() {
        let lamp = Self.lamp(radius: 50)
        let merged = Self.matter(Self.point(0), stage: .merged)
        let (near, far) = (Self.point(40), Self.point(60))
        func distance(_ point: Coordinate?) -> NearRules.Distance? {
            NearRules.distance(of: merged, to: MatterPlace(grid: Self.grid, village: Self.grid, coordinate: point), as: lamp)
        }
        #expect(distance(near) != nil && distance(far) == nil)
    }
}
