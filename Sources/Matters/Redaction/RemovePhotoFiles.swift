package import Kernel
import Media
import Storage

/// Takes files away that no photo refers to any more. Run after each redaction, and by a job for what was left behind.
package struct RemovePhotoFiles: Sendable {
    private let desk: PhotoDesk
    private static let atOnce = 200

    package init(_ desk: PhotoDesk) { self.desk = desk }

    /// - Throws: `BlobProblem` when the store is out of reach; what is left then waits.
    package func callAsFunction(_ town: ID<Town>) async throws {
        let database = desk.matters.database
        for blob in try await database.read({ try PhotoFileStore($0, town: town).waiting(limit: Self.atOnce) }) {
            if let name = BlobName(blob), !(try await isNeeded(blob, town)) {
                let content = try? await desk.photos.read(name)
                try await desk.photos.remove(name)
                // Whoever sent the very same picture meanwhile found it stored, and keeps it.
                if let content, try await isNeeded(blob, town) { _ = try await desk.photos.put(content) }
            }
            try await database.write { try PhotoFileStore($0, town: town).done(blob) }
        }
    }

    private func isNeeded(_ blob: String, _ town: ID<Town>) async throws -> Bool {
        let isHeldElsewhere = desk.isHeldElsewhere
        return try await desk.matters.database.read { tx in
            if try PhotoFileStore(tx, town: town).isNeeded(blob) { return true }
            return try isHeldElsewhere(blob, tx)
        }
    }
}
