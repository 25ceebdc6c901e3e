package import Kernel
package import Storage

/// A file of boundaries brought, judged and written in one go, as the server's own console does it.
package struct ImportAreas: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    package struct Report: Sendable {
        package let id: ID<AreaImport>
        package let drawings: Int
        /// How many areas differ from those of the town.
        package let changes: Int
        package let crs: CRS
        package let isDetected: Bool
        package let findings: [AreaFinding]
        package let isWritten: Bool
    }

    /// - Parameters:
    ///   - crs: nil takes what the ground and the file say.
    ///   - property: the one that names the grid; nil has it detected.
    /// - Throws: ``Invalid`` when the whole file cannot be read.
    package func callAsFunction(
        _ bytes: [UInt8], named name: String, crs: CRS?, property: String?, isDryRun: Bool, by principal: Principal
    ) async throws -> Report {
        let bring = BringAreas(database: database, ambient: ambient)
        let id = try await bring(bytes, named: name, as: ambient.newID(), by: principal)
        let choice = ReadAreas.Choice(crs: crs, property: property)
        let view = try await ReadAreas(database: database, ambient: ambient)(id, choice, by: principal)
        guard let trial = view.trial else { throw NotFound() }
        let writes = trial.isWritable && !isDryRun
        if writes {
            try await WriteAreas(database: database, ambient: ambient)(id, choice, by: principal, seen: view.seen)
        } else {
            try await bring.discard(id, by: principal)
        }
        return Report(
            id: id, drawings: trial.lines.count, changes: trial.changes.count, crs: trial.crs, isDetected: crs == nil,
            findings: trial.findings, isWritten: writes)
    }
}
