import Geometry
import Kernel
import Storage

/// Reads a file of boundaries on trial against the town as it stands now.
struct ReadAreas: Sendable {
    let database: any Database
    let ambient: Ambient

    /// What somebody chose instead of what the file and the ground say.
    struct Choice: Sendable, Hashable {
        var crs: CRS?
        var property: String?
    }

    struct View: Sendable {
        let item: AreaImport
        let tree: GridTree
        /// Nil when the trial is over.
        let trial: AreaTrial?
        /// How often the areas that it would change have been changed so far, together.
        let seen: Sighting
        /// The grids it changed, once it is written.
        let written: [ID<GridNode>]
    }

    /// - Throws: ``NotFound`` for whoever may not see it.
    func callAsFunction(_ id: ID<AreaImport>, _ choice: Choice, by principal: Principal) async throws -> View {
        let scope = try principal.scope(for: .directoryEdit)
        let (town, today) = (principal.town, ambient.now().day())
        let found = try await database.read { tx in
            let store = AreaImportStore(tx, town: town)
            guard let item = try store.find(id, for: principal) else { throw NotFound() }
            return (
                item, try store.content(of: id), try GridStore(tx, town: town).tree(on: today),
                try StationStore(tx, town: town).places(), try store.formers(of: id).map(\.grid)
            )
        }
        let (item, content, tree, stations, written) = found
        guard let content else { return View(item: item, tree: tree, trial: nil, seen: .nothing, written: written) }
        let trial = AreaTrial(
            try BringAreas.read(content), in: tree, scope: scope, crs: choice.crs, property: choice.property, stations: stations)
        let grids = trial.changes.map(\.grid.id)
        let seen = try await database.read { try DirectoryEventStore($0, town: town).sighting(of: "grid.area", onAny: grids) }
        return View(item: item, tree: tree, trial: trial, seen: seen, written: [])
    }

    /// The latest files, and whose they are to see.
    func latest(by principal: Principal) async throws -> [AreaImport] {
        try await database.read { try AreaImportStore($0, town: principal.town).latest(30, for: principal) }
    }
}
