import Geometry
import Identity
package import Kernel
package import Storage

/// Takes a file of boundaries on trial. Nothing of the directory changes yet.
package struct BringAreas: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// The largest file taken, in bytes.
    package static let fileLimit = 24 << 20

    /// - Throws: ``Invalid`` at `/file` when the whole file cannot be read.
    package func callAsFunction(
        _ bytes: [UInt8], named name: String, as id: ID<AreaImport>, by principal: Principal
    ) async throws -> ID<AreaImport> {
        _ = try principal.scope(for: .directoryEdit)
        let file = try Self.read(bytes)
        let item = AreaImport(
            id: id, account: principal.account, post: principal.post, fileName: String(name.trimmed.prefix(120)), state: .draft,
            grids: file.features.count, createdAt: ambient.now())
        return try await database.write { tx in
            let store = AreaImportStore(tx, town: principal.town)
            if let known = try store.find(id, for: principal) { return known.id }
            try store.insert(item, content: bytes)
            try AuditTrail(tx).record(
                "areas.brought", by: principal, town: principal.town, subject: id.description,
                detail: ["drawings": String(file.features.count)], ambient: ambient)
            return id
        }
    }

    /// Throws the file away.
    /// - Throws: ``NotFound``; ``Conflict`` when it is on trial no more.
    package func discard(_ id: ID<AreaImport>, by principal: Principal) async throws {
        _ = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let store = AreaImportStore(tx, town: principal.town)
            guard let item = try store.find(id, for: principal) else { throw NotFound() }
            guard item.state != .discarded else { return }
            try store.move(id, from: .draft, to: .discarded, grids: 0)
            try AuditTrail(tx).record(
                "areas.discarded", by: principal, town: principal.town, subject: id.description, ambient: ambient)
        }
    }

    static func read(_ bytes: [UInt8]) throws(Invalid) -> FeatureFile {
        guard bytes.count <= fileLimit else { throw Invalid("/file", "areas-file-too-large", ["limit": "24"]) }
        do {
            return try FeatureFile(reading: bytes)
        } catch {
            throw Invalid(error.faults.map { Fault("/file", $0.code, $0.values) })
        }
    }
}
