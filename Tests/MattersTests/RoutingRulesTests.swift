import Kernel
import Testing

@testable import Matters

struct RoutingRulesTests {
    static func rung(_ level: Int, staffed: Bool = true) -> Rung {
        Rung(grid: ID(.version7(at: Instant(milliseconds: Int64(level)), random: (0, 0))), level: level, isStaffed: staffed)
    }

    /// A path from the village down, with a level left out of `staffed` having nobody in post.
    static func path(to depth: Int, staffed: Set<Int>) -> [Rung] { (1...depth).map { rung($0, staffed: staffed.contains($0)) } }

    static let starts: [(Tier, Int, Set<Int>, Int)] = [
        // Everybody is in post.
        (.small, 3, [1, 2, 3], 3), (.urgent, 3, [1, 2, 3], 2), (.hard, 3, [1, 2, 3], 1),
        // No level 3 here.
        (.small, 2, [1, 2], 2), (.urgent, 2, [1, 2], 2), (.hard, 2, [1, 2], 1),
        // Only the village is known.
        (.small, 1, [1], 1), (.urgent, 1, [1], 1), (.hard, 1, [1], 1),
        // Nobody in post at some level: the next above.
        (.small, 3, [1, 2], 2), (.small, 3, [1], 1), (.small, 3, [2], 2), (.urgent, 3, [1, 3], 1), (.hard, 3, [2, 3], 0),
        // Nobody anywhere: the town.
        (.small, 3, [], 0), (.urgent, 2, [], 0), (.hard, 1, [], 0),
        // Never further down than its tier.
        (.urgent, 3, [3], 0), (.hard, 2, [2], 0),
    ]

    @Test(arguments: starts) func `starts where its tier says or at the next staffed level above`(
        _ tier: Tier, _ depth: Int, _ staffed: Set<Int>, _ level: Int
    ) {
        #expect(RoutingRules.start(tier, path: Self.path(to: depth, staffed: staffed)).level == level)
    }

    static let ups: [(Int, Set<Int>, Int)] = [
        (3, [1, 2, 3], 2), (2, [1, 2, 3], 1), (1, [1, 2, 3], 0), (3, [1, 3], 1), (3, [3], 0), (2, [2], 0),
    ]

    @Test(arguments: ups) func `escalates to the next staffed level, the town last`(_ from: Int, _ staffed: Set<Int>, _ to: Int)
        throws
    {
        let path = Self.path(to: 3, staffed: staffed)
        #expect(try RoutingRules.up(from: path[from - 1].holder, path: path).level == to)
    }

    @Test func `the town cannot escalate`() {
        #expect(throws: Conflict("already-top")) { try RoutingRules.up(from: .town, path: Self.path(to: 3, staffed: [1, 2, 3])) }
    }

    static let downs: [(Int, Int, Set<Int>, Int?)] = [
        (0, 3, [1, 2, 3], 1), (1, 3, [1, 2, 3], 2), (2, 3, [1, 2, 3], 3), (3, 3, [1, 2, 3], nil), (0, 3, [3], 3),
        (1, 3, [1, 3], 3),
        (2, 2, [1, 2], nil), (1, 1, [1], nil), (0, 1, [], nil), (1, 3, [1], nil),
    ]

    @Test(arguments: downs) func `sends back only downwards on the place's own path`(
        _ from: Int, _ depth: Int, _ staffed: Set<Int>, _ to: Int?
    ) throws {
        let path = Self.path(to: depth, staffed: staffed)
        let holder = from == 0 ? Holder.town : path[from - 1].holder
        if let to {
            #expect(try RoutingRules.down(from: holder, path: path).level == to)
        } else {
            #expect(throws: Conflict("nothing-below")) { try RoutingRules.down(from: holder, path: path) }
        }
    }

    @Test func `escalating and sending back stay on the path whatever is staffed`() throws {
        for depth in 1...3 {
            for mask in 0..<8 {
                let staffed = Set((1...3).filter { mask & (1 << ($0 - 1)) != 0 })
                let path = Self.path(to: depth, staffed: staffed)
                for tier in Tier.allCases {
                    var holder = RoutingRules.start(tier, path: path)
                    var steps = 0
                    while let up = try? RoutingRules.up(from: holder, path: path) {
                        #expect(up.level < holder.level)
                        holder = up
                        steps += 1
                    }
                    #expect(holder == .town && steps <= 3)
                    while let down = try? RoutingRules.down(from: holder, path: path) {
                        #expect(down.level > holder.level)
                        #expect(path.contains { $0.holder == down && $0.isStaffed })
                        holder = down
                    }
                }
            }
        }
    }
}
