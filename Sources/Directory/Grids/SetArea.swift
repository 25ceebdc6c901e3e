import Geometry
package import Kernel
package import Storage

/// Draws the area of a grid, from GeoJSON in whatever datum it was drawn.
package struct SetArea: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` out of scope, ``Invalid`` below `/area` when it cannot be read or crosses itself, ``Conflict``.
    package func callAsFunction(
        of id: ID<GridNode>, geoJSON: String, crs: CRS, by principal: Principal, request: ID<DirectoryEvent>,
        seen: Sighting? = nil
    ) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        let area = try Self.read(geoJSON, crs)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = GridStore(tx, town: change.town)
            guard let grid = try store.find(id, in: scope) else { throw NotFound() }
            let detail = ["size": String(area.squareDecimetres), "corners": String(area.corners), "crs": crs.rawValue]
            if try change.isDone("grid.area", id, detail) { return }
            try change.check(seen, "grid.area", id)
            let faults = try Self.faults(in: area, of: grid, store.tree(on: ambient.now().day()))
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.setArea(area, of: id, isSynthetic: false)
            try change.record("grid.area", id, grid: id, detail)
        }
    }

    /// What speaks against the area among those of the other grids as they stand today.
    private static func faults(in area: Area, of grid: Grid, _ tree: GridTree) -> [Fault] {
        func drawn(_ grids: [Grid]) -> [AreaRules.Drawn] {
            grids.compactMap { other in tree.areas[other.id].map { AreaRules.Drawn(name: other.nameZh, area: $0) } }
        }
        let siblings = (grid.parent.map { tree.children(of: $0) } ?? tree.roots).filter { other in
            other.id != grid.id && other.kind != .exclusive && grid.kind != .exclusive
        }
        return AreaRules.faults(
            in: area, parent: drawn(grid.parent.flatMap(tree.grid).map { [$0] } ?? []).first, siblings: drawn(siblings),
            children: drawn(tree.children(of: grid.id)))
    }

    static func read(_ geoJSON: String, _ crs: CRS) throws(Invalid) -> Area {
        let area: Area
        do {
            area = try Area(geoJSON: geoJSON.utf8, crs: crs)
        } catch {
            // The drawing is one field of a form; which of its corners is meant, the fault's figures say.
            throw Invalid(
                error.faults.map { Fault("/area", $0.code, $0.values.merging(["where": $0.pointer]) { first, _ in first }) })
        }
        if let flaw = area.flaw {
            let spot = flaw.spot.map { "\($0.longitude), \($0.latitude)" } ?? ""
            throw Invalid("/area", flaw.kind.rawValue, ["where": spot])
        }
        return area
    }
}
