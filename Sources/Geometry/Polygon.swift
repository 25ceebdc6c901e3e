package import Kernel

/// One outline on the ground and the holes in it. Rings are closed: the last corner repeats the first.
package struct Polygon: Sendable, Hashable {
    package let exterior: [Coordinate]
    package let holes: [[Coordinate]]

    /// Nil when a ring is not closed or has fewer than four positions (a triangle and its repeated corner).
    package init?(exterior: [Coordinate], holes: [[Coordinate]] = []) {
        guard ([exterior] + holes).allSatisfy({ $0.count >= 4 && $0.first == $0.last }) else { return nil }
        self.exterior = exterior
        self.holes = holes
    }

    /// The outline first, then the holes.
    package var rings: [[Coordinate]] { [exterior] + holes }
}
