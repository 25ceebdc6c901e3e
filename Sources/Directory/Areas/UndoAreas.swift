import Geometry
import Identity
import Kernel
import Storage

/// Puts back the areas that a change took the place of: of a whole import, or the last one of a grid. Entries are added, none is taken away. 撤销
struct UndoAreas: Sendable {
    let database: any Database
    let ambient: Ambient

    /// - Throws: ``NotFound``; ``Conflict`` when it was never written; ``Invalid`` when an area has been changed since or the former ones fit
    ///   no more.
    func callAsFunction(_ id: ID<AreaImport>, by principal: Principal) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let turn = try DirectoryChange(tx, by: principal, ambient.newID(), ambient)
            let store = AreaImportStore(tx, town: turn.town)
            guard let item = try store.find(id, for: principal) else { throw NotFound() }
            if item.state == .undone { return }
            guard item.state == .written else { throw Conflict("area-import-over") }
            let formers = try store.formers(of: id)
            try putBack(formers, in: scope, turn, ["undone": id.description]) {
                try DirectoryChange(tx, by: principal, ambient.newID(), ambient)
            }
            try store.move(id, from: .written, to: .undone, grids: item.grids)
            try AuditTrail(tx).record(
                "areas.undone", by: principal, town: turn.town, subject: id.description, detail: ["grids": String(formers.count)],
                ambient: ambient)
        }
    }

    /// Puts back the area a grid had before its last change.
    /// - Throws: as above; ``Conflict`` also when nothing is kept.
    func callAsFunction(
        lastOf id: ID<GridNode>, by principal: Principal, request: ID<DirectoryEvent>, seen: Sighting?
    ) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            guard try GridStore(tx, town: change.town).find(id, in: scope) != nil else { throw NotFound() }
            let detail = ["undone": "last"]
            if try change.isDone("grid.area", id, detail) { return }
            try change.check(seen, "grid.area", id)
            guard let former = try AreaImportStore(tx, town: change.town).former(of: id) else {
                throw Conflict("area-no-former")
            }
            try putBack([former], in: scope, change, detail) { change }
        }
    }

    private func putBack(
        _ formers: [FormerArea], in scope: Scope, _ turn: DirectoryChange, _ detail: [String: String],
        _ next: () throws -> DirectoryChange
    ) throws {
        let tree = try GridStore(turn.tx, town: turn.town).tree(on: ambient.now().day())
        let events = DirectoryEventStore(turn.tx, town: turn.town)
        var faults: [Fault] = []
        var restored: [(grid: Grid, area: Area?, isSynthetic: Bool)] = []
        for former in formers {
            guard let grid = tree.grid(former.grid) else { throw Conflict("grid-closed") }
            guard tree.isIn(scope, grid.id) else { throw NotFound() }
            if try events.sighting(of: "grid.area", on: grid.id).changes != former.changes {
                faults.append(Fault("", "area-changed-since", ["grid": grid.nameZh]))
            }
            restored.append((grid, try former.geometry.map { try Area(geoJSON: $0.utf8) }, former.isSynthetic))
        }
        guard faults.isEmpty else { throw Invalid(faults) }
        let settings = restored.compactMap { one in one.area.map { AreaSetRules.Setting(one.grid, $0) } }
        let findings = AreaSetRules.findings(settings, in: tree)
        guard findings.isEmpty else { throw Invalid(findings.map(\.fault)) }
        for one in restored {
            try SetArea.put(one.area, on: one.grid, in: tree, detail, next(), isSynthetic: one.isSynthetic)
        }
    }
}
