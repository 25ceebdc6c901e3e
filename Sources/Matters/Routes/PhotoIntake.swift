package import Kernel
package import Media
package import Web

/// Takes photos out of a form: makes them clean and small aside, and stores them. What cannot be a photo becomes a fault.
package struct PhotoIntake: Sendable {
    package let files: [MatterPhoto.Files]
    package let faults: [Fault]

    static let none = PhotoIntake(files: [], faults: [])

    private init(files: [MatterPhoto.Files], faults: [Fault]) {
        self.files = files
        self.faults = faults
    }

    /// - Parameter field: the form's field that holds the photos.
    /// - Throws: ``Problem`` 503 when too many photos wait already or the store is out of reach.
    package init(_ form: Form, field: String = "photos", _ darkroom: Darkroom, _ store: BlobStore) async throws {
        let uploads = form.files(field)
        guard uploads.count <= Matter.photoLimit else {
            self.init(files: [], faults: [Fault("/photos", "too-many-photos", ["limit": String(Matter.photoLimit)])])
            return
        }
        var files: [MatterPhoto.Files] = []
        var faults: [Fault] = []
        for upload in uploads {
            do {
                let photograph = try await darkroom.develop(upload.bytes)
                let (full, thumb) = (try await store.put(photograph.picture), try await store.put(photograph.thumbnail))
                files.append(
                    MatterPhoto.Files(
                        full: full.description, thumb: thumb.description, width: photograph.width, height: photograph.height))
            } catch let problem as PhotographProblem where problem != .busy {
                faults.append(Fault("/photos", problem.rawValue))
            } catch is PhotographProblem {
                throw Problem.photosBusy
            } catch is BlobProblem {
                throw Problem.photosBusy
            }
        }
        self.init(files: files, faults: faults)
    }
}

extension Problem {
    fileprivate static let photosBusy = Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
}
