import Kernel
import Media
import Web

/// Gives a photo to somebody who may see it, whole or small.
struct PhotoAnswer: Sendable {
    let photos: BlobStore

    /// - Throws: ``NotFound``; ``Problem`` 503 when the store is out of reach.
    func callAsFunction(_ files: MatterPhoto.Files, named id: ID<MatterPhoto>, _ call: Call) async throws -> Answer {
        guard let name = BlobName(call.query["size"] == "thumb" ? files.thumb : files.full) else { throw NotFound() }
        let tag = "\"\(name.description.prefix(32))\""
        if call.headers("if-none-match") == tag {
            return Answer(status: 304, headers: [("Cache-Control", Self.caching), ("ETag", tag)])
        }
        guard let bytes = try await read(name) else { throw NotFound() }
        return Answer(
            headers: [
                ("Content-Type", "image/jpeg"), ("Cache-Control", Self.caching), ("ETag", tag),
                ("Content-Disposition", "inline; filename=\"\(id).jpg\""),
            ], body: bytes)
    }

    /// Whoever may see it now may not tomorrow, and what it shows may be painted over: every browser asks again each time, no shared
    /// cache keeps it, and what is still the same is not sent twice.
    private static let caching = "private, no-cache"

    private func read(_ name: BlobName) async throws -> [UInt8]? {
        do {
            return try await photos.read(name)
        } catch {
            throw Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
        }
    }
}
