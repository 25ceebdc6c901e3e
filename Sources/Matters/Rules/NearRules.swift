package import Kernel

/// Which matters may be what somebody is about to report, so that they join in instead of reporting it again 疑似重复 (domain.md F16).
package enum NearRules {
    /// What ended is shown for so many days: it may not hold, or the reporter may not know that it was done.
    package static let closedDays = 14
    /// The most that are shown; a longer list is not read.
    package static let shownLimit = 5
    /// The widest radius a category may have, in metres.
    package static let longestRadius = 1000

    /// How far a matter is from the place of a report.
    package enum Distance: Hashable, Sendable {
        case metres(Double)
        /// Nobody knows more closely: one of the two has no point on the map, and both are in the same grid.
        case sameGrid
    }

    /// - Parameter place: of the report.
    /// - Returns: nil when it is too far, of another category, over for too long, part of another matter, or nobody else's business.
    package static func distance(
        of matter: Matter, to place: MatterPlace, as category: Category, at now: Instant
    ) -> Distance? {
        guard matter.stage.isOpen || matter.closedAt.map({ now <= $0 + .days(Int64(closedDays)) }) ?? false else { return nil }
        return distance(of: matter, to: place, as: category)
    }

    /// The same, whatever has become of the matter since.
    package static func distance(of matter: Matter, to place: MatterPlace, as category: Category) -> Distance? {
        guard matter.category == category.code, !matter.isRestricted, category.nearWithin > 0 else { return nil }
        guard let here = place.coordinate, let there = matter.place.coordinate else {
            return matter.place.grid == place.grid ? .sameGrid : nil
        }
        let metres = here.metres(to: there)
        return metres <= Double(category.nearWithin) ? .metres(metres) : nil
    }

    /// The nearest first, then those of which only the grid is known, the newest first.
    package static func isBefore(_ first: (Distance, Instant), _ second: (Distance, Instant)) -> Bool {
        switch (first.0, second.0) {
        case (.metres(let one), .metres(let other)) where one != other: one < other
        case (.metres, .sameGrid): true
        case (.sameGrid, .metres): false
        default: first.1 > second.1
        }
    }

    /// As it is told: in tens of metres, so that asking from several places does not find the spot itself.
    package static func told(_ metres: Double) -> Int { max(10, Int((metres / 10).rounded()) * 10) }

    /// Only what is still going on can be joined.
    package static func mayJoin(_ matter: Matter) -> Bool { matter.stage.isOpen }

    /// The degrees that hold everything within `metres` of a point, a little more than less.
    package static func box(
        around point: Coordinate, metres: Int
    ) -> (latitudes: ClosedRange<Double>, longitudes: ClosedRange<Double>) {
        // A degree of latitude is at least 110.5 km; one of longitude shrinks towards the poles, where no town of ours is.
        let high = Double(metres) / 110_000
        let wide = high / max(0.1, 1 - point.latitude * point.latitude / 6_000)
        return (point.latitude - high...point.latitude + high, point.longitude - wide...point.longitude + wide)
    }
}
