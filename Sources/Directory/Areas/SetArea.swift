import Geometry
package import Kernel
package import Storage

/// Draws the area of a grid, from GeoJSON in whatever datum it was drawn. 划定边界
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
            if try change.isDone("grid.area", id, Self.detail(of: area, crs)) { return }
            try change.check(seen, "grid.area", id)
            let tree = try store.tree(on: ambient.now().day())
            let findings = AreaSetRules.findings([.init(grid, area)], in: tree)
            guard findings.isEmpty else { throw Invalid(findings.map(\.fault)) }
            try Self.put(area, on: grid, in: tree, Self.detail(of: area, crs), change)
        }
    }

    /// The one way an area is stored, alone or among many: with the one before kept, in the history and in the audit log.
    /// - Parameters:
    ///   - area: judged before; nil takes the area away, as before it was first drawn.
    ///   - tree: the areas as they stood before the change.
    ///   - item: the import it is a part of.
    static func put(
        _ area: Area?, on grid: Grid, in tree: GridTree, _ detail: [String: String], _ change: DirectoryChange,
        isSynthetic: Bool = false, of item: ID<AreaImport>? = nil
    ) throws {
        let changes = try DirectoryEventStore(change.tx, town: change.town).sighting(of: "grid.area", on: grid.id).changes + 1
        let store = GridStore(change.tx, town: change.town)
        if let area {
            try store.setArea(area, of: grid.id, isSynthetic: isSynthetic)
        } else {
            try store.removeArea(of: grid.id)
        }
        let former = FormerArea(
            grid: grid.id, geometry: tree.areas[grid.id]?.geoJSON(), isSynthetic: tree.grid(grid.id)?.areaIsSynthetic ?? false,
            changes: changes)
        try AreaImportStore(change.tx, town: change.town).keep(former, before: change.request, of: item)
        try change.record("grid.area", grid.id, grid: grid.id, detail)
    }

    /// What the history says of a drawn area.
    static func detail(of area: Area, _ crs: CRS, from item: ID<AreaImport>? = nil) -> [String: String] {
        Dictionary(known: [
            "size": String(area.squareDecimetres), "corners": String(area.corners), "crs": crs.rawValue,
            "import": item?.description,
        ])
    }

    static func read(_ geoJSON: String, _ crs: CRS) throws(Invalid) -> Area {
        let area: Area
        do {
            area = try Area(geoJSON: geoJSON.utf8, crs: crs)
        } catch {
            throw Invalid(faults(reading: error))
        }
        if let flaw = area.flaw { throw Invalid([fault(flaw)]) }
        return area
    }

    /// The drawing is one field of a form; which of its corners is meant, the fault's figures say.
    static func faults(reading error: Invalid) -> [Fault] {
        error.faults.map { Fault("/area", $0.code, $0.values.merging(["where": $0.pointer]) { first, _ in first }) }
    }

    static func fault(_ flaw: Flaw) -> Fault { Fault("/area", flaw.kind.rawValue, ["where": flaw.spot?.words ?? ""]) }
}
