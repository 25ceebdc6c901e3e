package import Kernel

/// In which datum a drawing was made, by what is known of the ground. Pure. 坐标系判断
///
/// The shifts of Chinese map providers are some 600 m and 1,100 m here (domain.md §2.8), far more than two honest drawings of one grid
/// differ. A file's own word comes after the ground: drawing programs write WGS-84 over whatever they were given.
package enum DatumRules {
    /// What the ground says of one datum.
    package struct Evidence: Sendable, Hashable {
        package let crs: CRS
        /// The middle one of the distances between the new and the known areas of grids, in metres; nil without any.
        package let metres: Int?
        /// How many stations lie in the grid they belong to.
        package let stations: Int
        /// How many corners in a thousand lie inside the grid above; nil without any.
        package let inside: Int?

        package init(_ crs: CRS, metres: Int? = nil, stations: Int = 0, inside: Int? = nil) {
            self.crs = crs
            self.metres = metres
            self.stations = stations
            self.inside = inside
        }
    }

    package enum Reason: String, Sendable, CaseIterable {
        case areas, stations, parents, declared, unknown
    }

    package struct Guess: Sendable, Hashable {
        package let crs: CRS
        package let reason: Reason
        /// The figure of the reason: metres, stations or thousandths.
        package let figure: Int
        /// What the file says instead, when that is something else.
        package let against: CRS?
    }

    /// How near the known areas must be, and how much nearer than under any other datum.
    private static let (near, apart) = (200, 150)
    private static let insideApart = 50

    package static func guess(_ evidence: [Evidence], declared: CRS?) -> Guess {
        func guess(_ crs: CRS, _ reason: Reason, _ figure: Int = 0) -> Guess {
            let differs = declared.map { plain($0) != plain(crs) } ?? false
            return Guess(crs: crs, reason: reason, figure: figure, against: differs ? declared : nil)
        }
        let byMetres = evidence.filter { $0.metres != nil }.sorted { ($0.metres ?? 0) < ($1.metres ?? 0) }
        if let first = byMetres.first, let metres = first.metres, metres <= near,
            byMetres.dropFirst().allSatisfy({ ($0.metres ?? 0) - metres >= apart })
        {
            return guess(first.crs, .areas, metres)
        }
        let byStations = evidence.sorted { $0.stations > $1.stations }
        if byStations.count > 1, byStations[0].stations >= 2, byStations[0].stations > byStations[1].stations {
            return guess(byStations[0].crs, .stations, byStations[0].stations)
        }
        let byInside = evidence.filter { $0.inside != nil }.sorted { ($0.inside ?? 0) > ($1.inside ?? 0) }
        if let first = byInside.first, let inside = first.inside,
            byInside.dropFirst().allSatisfy({ inside - ($0.inside ?? 0) >= insideApart })
        {
            return guess(first.crs, .parents, inside)
        }
        if let declared { return guess(declared, .declared) }
        return guess(.cgcs2000, .unknown)
    }

    /// The two that are one for a grid's border.
    private static func plain(_ crs: CRS) -> CRS { crs == .wgs84 ? .cgcs2000 : crs }
}
