import Kernel
import Media
import Web

/// Gives a photo to somebody who may see it, whole or small.
struct PhotoAnswer: Sendable {
    let photos: BlobStore

    /// - Throws: ``NotFound``; ``Problem`` 503 when the store is out of reach.
    func callAsFunction(_ files: MatterPhoto.Files, named id: ID<MatterPhoto>, _ call: Call) async throws -> Answer {
        let isThumb = call.query["size"] == "thumb"
        guard let name = BlobName(isThumb ? files.thumb : files.full), let bytes = try await read(name) else { throw NotFound() }
        // Whoever may see it now may not tomorrow, so no shared cache keeps it.
        return Answer(
            headers: [
                ("Content-Type", "image/jpeg"), ("Cache-Control", "private, max-age=3600"),
                ("Content-Disposition", "inline; filename=\"\(id).jpg\""),
            ], body: bytes)
    }

    private func read(_ name: BlobName) async throws -> [UInt8]? {
        do {
            return try await photos.read(name)
        } catch {
            throw Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
        }
    }
}
