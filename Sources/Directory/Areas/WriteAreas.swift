import Identity
import Kernel
import Storage

/// Writes a file of boundaries as a whole, or nothing of it. 确认导入
struct WriteAreas: Sendable {
    let database: any Database
    let ambient: Ambient

    /// - Parameters:
    ///   - choice: what the trial had been shown with.
    ///   - seen: how often the areas had been changed when the trial was shown.
    /// - Returns: how many areas it changed. Writing again changes nothing.
    /// - Throws: ``NotFound``; ``Invalid`` with everything that forbids it, or `changed-meanwhile`; ``Conflict``.
    @discardableResult
    func callAsFunction(
        _ id: ID<AreaImport>, _ choice: ReadAreas.Choice, by principal: Principal, seen: Sighting?
    ) async throws -> Int {
        let scope = try principal.scope(for: .directoryEdit)
        let (town, today) = (principal.town, ambient.now().day())
        let found = try await database.read { tx in
            let store = AreaImportStore(tx, town: town)
            guard let item = try store.find(id, for: principal) else { throw NotFound() }
            return (item, try store.content(of: id))
        }
        if found.0.state == .written { return found.0.grids }
        guard let content = found.1 else { throw Conflict("area-import-over") }
        let file = try BringAreas.read(content)
        return try await database.write { tx in
            // Waits its turn before anything is read.
            _ = try DirectoryChange(tx, by: principal, ambient.newID(), ambient)
            let store = AreaImportStore(tx, town: town)
            if let item = try store.find(id, for: principal), item.state == .written { return item.grids }
            let tree = try GridStore(tx, town: town).tree(on: today)
            let trial = AreaTrial(
                file, in: tree, scope: scope, crs: choice.crs, property: choice.property,
                stations: try StationStore(tx, town: town).places())
            let changes = trial.changes
            if let seen {
                let now = try DirectoryEventStore(tx, town: town).sighting(of: "grid.area", onAny: changes.map(\.grid.id))
                guard now == seen else { throw Invalid("", "changed-meanwhile") }
            }
            guard trial.isWritable else { throw Invalid(trial.findings.filter { !$0.isWarning }.map(\.fault)) }
            for setting in changes {
                try SetArea.put(
                    setting.area, on: setting.grid, in: tree, SetArea.detail(of: setting.area, trial.crs, from: id),
                    DirectoryChange(tx, by: principal, ambient.newID(), ambient), of: id)
            }
            try store.move(id, from: .draft, to: .written, grids: changes.count)
            try AuditTrail(tx).record(
                "areas.written", by: principal, town: town, subject: id.description, detail: ["grids": String(changes.count)],
                ambient: ambient)
            return changes.count
        }
    }
}
