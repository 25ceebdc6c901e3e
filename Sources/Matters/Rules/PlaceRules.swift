package import Directory
import Kernel

/// Which grid a report belongs to.
package enum PlaceRules {
    /// The place of a report in the town's grids: the deepest grid that covers the point, or the grid that was named. Where both
    /// are given and the point lies elsewhere, the name counts and the point is dropped: people also report from afar.
    ///
    /// The failure is a fault at `/place`: `required`, `bad-point`, `outside-town` or `not-a-choice`.
    package static func find(_ place: MatterReport.Place, in tree: GridTree) -> Result<MatterPlace, PlaceFault> {
        if place.grid != nil || place.gridCode != nil {
            let named = place.grid ?? tree.all.first { $0.code == place.gridCode }?.id
            guard let grid = named, let village = tree.village(of: grid) else {
                return .failure(PlaceFault(code: "not-a-choice"))
            }
            guard let point = place.point, tree.path(at: point).contains(where: { $0.id == grid }),
                let deepest = tree.path(at: point).last
            else { return .success(MatterPlace(grid: grid, village: village.id)) }
            return .success(MatterPlace(grid: deepest.id, village: village.id, coordinate: point))
        }
        if place.pointIsBroken { return .failure(PlaceFault(code: "bad-point")) }
        guard let point = place.point else { return .failure(PlaceFault(code: "required")) }
        let path = tree.path(at: point)
        guard let village = path.first, let deepest = path.last else { return .failure(PlaceFault(code: "outside-town")) }
        return .success(MatterPlace(grid: deepest.id, village: village.id, coordinate: point))
    }
}

/// Why no grid was found.
package struct PlaceFault: Error, Hashable {
    package let pointer = "/place"
    package let code: String
}
