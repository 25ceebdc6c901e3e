import Geometry
import Kernel
import Testing

@Suite struct GapTests {
    private let whole = square(0, 0, side: 10)

    /// A rectangle of full height from the western border, `width` wide.
    private func part(_ from: Double, _ to: Double) throws -> Area { try area([(from, 0), (to, 0), (to, 10), (from, 10)]) }

    @Test func `nothing is left when the parts meet`() throws {
        #expect(try area(whole).gap(between: [try part(0, 4), try part(4, 10)]) == nil)
        // A sliver of a metre between two drawings of one border is no gap.
        #expect(try area(whole).gap(between: [try part(0, 4), try part(4.005, 10)]) == nil)
        #expect(try area(whole).gap(between: [try part(-2, 12)]) == nil)
    }

    @Test(arguments: [(4.0, 5.0, 100), (4, 4.1, 10), (4, 4.09, 9), (0, 10, 1000)])
    func `the share left is in thousandths and the spot lies in it`(_ from: Double, _ to: Double, _ share: Int) throws {
        let parts = try [(0, from), (to, 10)].filter { $0.0 < $0.1 }.map { try part($0.0, $0.1) }
        let gap = try #require(try area(whole).gap(between: parts))
        #expect(abs(gap.thousandths - share) <= 1)
        #expect(try part(from, to).covers(gap.spot))
    }

    @Test func `bounds meet when they touch`() throws {
        let here = try part(0, 4).bounds
        #expect(here.meets(try part(4, 5).bounds))
        #expect(here.meets(try part(-1, 9).bounds))
        #expect(!here.meets(try part(4.1, 5).bounds))
    }
}
