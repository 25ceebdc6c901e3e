import Kernel
import Media
import Web

/// Takes photos out of a form: makes them clean and small aside, and stores them. What cannot be a photo becomes a fault.
struct ClaimPhotoIntake: Sendable {
    let photos: [StoredPhoto]
    let faults: [Fault]

    private init(photos: [StoredPhoto], faults: [Fault]) {
        self.photos = photos
        self.faults = faults
    }

    /// - Throws: ``Problem`` 503 when too many photos wait already or the store is out of reach.
    init(_ form: Form, limit: Int, _ darkroom: Darkroom, _ store: BlobStore) async throws {
        let uploads = form.files("photos")
        guard uploads.count <= limit else {
            self.init(photos: [], faults: [Fault("/photos", "too-many-photos", ["limit": String(limit)])])
            return
        }
        var photos: [StoredPhoto] = []
        var faults: [Fault] = []
        for upload in uploads {
            do {
                let photograph = try await darkroom.develop(upload.bytes)
                let (full, thumb) = (try await store.put(photograph.picture), try await store.put(photograph.thumbnail))
                let photo = StoredPhoto(full: full.description, thumb: thumb.description, likeness: photograph.likeness)
                if !photos.contains(photo) { photos.append(photo) }
            } catch let problem as PhotographProblem where problem != .busy {
                faults.append(Fault("/photos", problem.rawValue))
            } catch is PhotographProblem {
                throw Problem.photosBusy
            } catch is BlobProblem {
                throw Problem.photosBusy
            }
        }
        self.init(photos: photos, faults: faults)
    }
}

extension Problem {
    static let photosBusy = Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
}

extension Answer {
    /// A stored JPEG. Whoever may see it now may not tomorrow, so no shared cache keeps it.
    /// - Throws: ``NotFound``; ``Problem`` 503 when the store is out of reach.
    static func photo(_ name: String, from store: BlobStore) async throws -> Answer {
        guard let blob = BlobName(name) else { throw NotFound() }
        do {
            guard let bytes = try await store.read(blob) else { throw NotFound() }
            return Answer(
                headers: [("Content-Type", "image/jpeg"), ("Cache-Control", "private, max-age=3600")], body: bytes)
        } catch is BlobProblem {
            throw Problem.photosBusy
        }
    }
}
