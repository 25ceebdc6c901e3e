import Foundation
import Geometry
import Kernel
import Testing

struct AreaTests {
    @Test func `weighs a small field as the ellipsoid's radii do`() throws {
        let latitude = (24.71 + 0.5 / 1024) * .pi / 180
        let (axis, squared) = (6_378_137.0, 0.006_694_380_022_9)
        let bend = 1 - squared * sin(latitude) * sin(latitude)
        let side = Double.pi / 180 / 1024
        let expected = axis * axis * (1 - squared) / (bend * bend) * cos(latitude) * side * side
        let found = Double(try area(square(0, 0)).squareDecimetres) / 100
        #expect(abs(found - expected) < expected * 1e-6)
        #expect((10_000...12_000).contains(found))
    }

    @Test func `weighs the whole earth`() throws {
        let corners = [(-180.0, -90.0), (180, -90), (180, 90), (-180, 90), (-180, -90)]
        let earth = try #require(Polygon(exterior: corners.compactMap { Coordinate(longitude: $0.0, latitude: $0.1) }))
        let squareKilometres = Double(Area(earth).squareDecimetres) / 1e8
        #expect(abs(squareKilometres - 510_065_621.7) < 1)
    }

    @Test func `weighs the same whichever way it was drawn, less its holes, and adds its parts`() throws {
        let whole = try area(square(0, 0, side: 3)).squareDecimetres
        let middle = try area(square(1, 1)).squareDecimetres
        #expect(try area(square(0, 0, side: 3).reversed()).squareDecimetres == whole)
        let holed = try area(square(0, 0, side: 3), holes: [square(1, 1)]).squareDecimetres
        #expect(abs(holed - (whole - middle)) <= 1)
        let parts = try #require(Area([try polygon(square(1, 1)), try polygon(square(5, 1))])).squareDecimetres
        #expect(abs(parts - 2 * middle) <= 1)
    }

    @Test func `finds its middle, and a point inside where the middle is not`() throws {
        let square = try area(square(0, 0, side: 2))
        #expect(try #require(square.centroid).metres(to: try at(1, 1)) < 0.01)
        let bent = try area([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (0, 1)])
        #expect(!bent.covers(try #require(bent.centroid)))
        #expect(bent.covers(try #require(bent.pointInside)))
    }

    @Test func `finds nothing wrong with good areas`() throws {
        #expect(try area(square(0, 0, side: 4), holes: [square(1, 1)]).flaw == nil)
        #expect(try #require(Area([try polygon(square(0, 0)), try polygon(square(1, 1))])).flaw == nil)
    }

    @Test func `names what is wrong and where`() throws {
        let bow = try #require(try area([(0, 0), (2, 2), (2, 0), (0, 2)]).flaw)
        #expect(bow.kind == .crossesItself)
        #expect(try #require(bow.spot).metres(to: try at(1, 1)) < 0.01)
        #expect(try area([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1)]).flaw?.kind == .touchesItself)
        #expect(try area(square(0, 0), holes: [square(4, 4)]).flaw?.kind == .holeOutside)
        #expect(try area(square(0, 0, side: 9), holes: [square(1, 1, side: 5), square(2, 2)]).flaw?.kind == .holesOverlap)
        let nested = try #require(Area([try polygon(square(0, 0, side: 9)), try polygon(square(1, 1))]))
        #expect(nested.flaw?.kind == .polygonsOverlap)
        let twice = try area(square(0, 0, side: 9), holes: [square(1, 1), square(1, 1)])
        #expect([.ringTwice, .crossesItself].contains(twice.flaw?.kind))
        #expect(try area([(0, 0), (0, 0), (0, 0), (0, 0)]).flaw?.kind == .tooFewCorners)
        let cut = try area(square(0, 0, side: 2), holes: [[(1, 0), (2, 1), (1, 2), (0, 1)]])
        #expect(cut.flaw?.kind == .cutInTwo)
    }

    @Test func `refuses rings that are open or too short`() throws {
        let closed = try ring(square(0, 0))
        #expect(Polygon(exterior: closed.dropLast()) == nil)
        #expect(Polygon(exterior: []) == nil)
        #expect(Polygon(exterior: try ring([(0, 0), (1, 1)])) == nil)
        #expect(Polygon(exterior: closed, holes: [Array(closed.dropLast())]) == nil)
        #expect(Area([]) == nil)
    }
}
