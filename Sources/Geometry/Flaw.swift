package import Kernel

/// What is wrong with a drawn area, and where.
package struct Flaw: Sendable, Hashable {
    /// The raw value is the code that the string catalogues explain.
    package enum Kind: String, Sendable, CaseIterable {
        case crossesItself = "geometry-crosses-itself"
        case touchesItself = "geometry-touches-itself"
        case holeOutside = "geometry-hole-outside"
        case holesOverlap = "geometry-holes-overlap"
        case polygonsOverlap = "geometry-polygons-overlap"
        case ringTwice = "geometry-ring-twice"
        case cutInTwo = "geometry-cut-in-two"
        case tooFewCorners = "geometry-too-few-corners"
        case other = "geometry-invalid"
    }

    package let kind: Kind
    /// The offending spot, when there is one.
    package let spot: Coordinate?
}

extension Flaw.Kind {
    /// Reads what GEOS says.
    init(reason: String) {
        self =
            switch reason {
            case "Self-intersection": .crossesItself
            case "Ring Self-intersection": .touchesItself
            case "Hole lies outside shell": .holeOutside
            case "Holes are nested": .holesOverlap
            case "Nested shells": .polygonsOverlap
            case "Duplicate Rings": .ringTwice
            case "Interior is disconnected": .cutInTwo
            case "Too few points in geometry component": .tooFewCorners
            default: .other
            }
    }
}

extension Area {
    /// The first thing wrong with how it is drawn (OGC Simple Features, as GEOS judges it); nil when nothing is.
    package var flaw: Flaw? { GEOS.with { $0.flaw(of: self) } }
}
