package import Directory
import Kernel
import Storage

extension MattersRoom {
    /// How many matters are open in each grid, for the office's map.
    package var layer: MapLayer {
        let desk = desk
        return MapLayer(.matters, for: .readMatter, href: { "/office/matters?tab=open&grid=\($0)" }) { principal, scope in
            try await desk.database.read { tx in
                let reach = MatterReach(scope, try desk.tree(tx, principal.town))
                return try MatterListStore(tx, town: principal.town, at: desk.ambient.now()).open(
                    byGridIn: reach, hiding: RestrictedReach(principal))
            }
        }
    }
}
