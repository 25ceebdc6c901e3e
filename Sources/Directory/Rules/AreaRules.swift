package import Geometry
package import Kernel

/// Where a grid's area may lie: inside the grid above, beside its neighbours, around the grids below. Pure. 网格边界
package enum AreaRules {
    /// A grid with its area.
    package struct Drawn: Sendable {
        package let name: String
        package let area: Area

        package init(name: String, area: Area) {
            self.name = name
            self.area = area
        }
    }

    /// Everything that speaks against an area, each with a spot as `longitude, latitude`.
    /// - Parameters:
    ///   - parent: the grid above, if it has an area.
    ///   - siblings: the grids beside it that have one. A unit of its own within a village 专属网格 may lie inside another, so exclusive
    ///     grids are left out by the caller.
    ///   - children: the grids right below that have one.
    package static func faults(in area: Area, parent: Drawn?, siblings: [Drawn], children: [Drawn]) -> [Fault] {
        var faults: [Fault] = []
        func add(_ code: String, _ other: Drawn, _ spot: Coordinate?) {
            guard let spot else { return }
            faults.append(Fault("/area", code, ["grid": other.name, "where": spot.words]))
        }
        if let parent { add("area-outside-parent", parent, area.spotOutside(parent.area)) }
        for sibling in siblings { add("area-overlaps", sibling, area.spotShared(with: sibling.area)) }
        for child in children { add("area-leaves-out", child, child.area.spotOutside(area)) }
        return faults
    }
}

extension Coordinate {
    /// The place as a fault names it, to a tenth of a metre.
    var words: String { "\((longitude * 1e6).rounded() / 1e6), \((latitude * 1e6).rounded() / 1e6)" }
}

extension Fault {
    /// The offending spot, when the fault names one.
    var spot: Coordinate? {
        guard let degrees = values["where"]?.split(separator: ", ").map({ Double($0) }), degrees.count == 2,
            let longitude = degrees[0], let latitude = degrees[1]
        else { return nil }
        return Coordinate(longitude: longitude, latitude: latitude)
    }
}
