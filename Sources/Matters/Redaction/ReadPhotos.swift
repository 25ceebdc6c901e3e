import Directory
import Kernel
import Storage

/// One photo of a matter with what was done to it, for those who may paint over it.
struct PhotoSight: Sendable {
    let matter: Matter
    let photo: MatterPhoto
    /// Oldest first.
    let acts: [PhotoAct]
    /// The last day on which it is kept as it was; nil when it is not.
    let keptUntil: Day?

    /// How many parts were painted over so far.
    var boxes: Int { acts.map(\.boxes).reduce(0, +) }
}

/// Reads photos for their pages and for the API.
struct ReadPhotos: Sendable {
    let desk: MatterDesk

    /// - Throws: ``NotFound`` out of scope; ``Forbidden`` for who does not handle matters there.
    func callAsFunction(_ id: ID<MatterPhoto>, of matter: ID<Matter>?, for principal: Principal) async throws -> PhotoSight {
        try await desk.database.read { tx in
            let scene = try PhotoScene(id, of: matter, by: principal, desk, tx)
            let store = RedactionStore(tx, town: principal.town)
            return PhotoSight(
                matter: scene.matter, photo: scene.photo, acts: try store.acts(of: scene.matter.id).filter { $0.photo == id },
                keptUntil: try store.keptUntil(id))
        }
    }

    /// All photos of a matter, in their order.
    func all(of id: ID<Matter>, for principal: Principal) async throws -> [PhotoSight] {
        try await desk.database.read { tx in
            let town = principal.town
            guard let matter = try MatterStore(tx, town: town).find(id, for: principal) else { throw NotFound() }
            guard PhotoScene.may(principal, matter, try desk.tree(tx, town)) else { throw Forbidden() }
            let store = RedactionStore(tx, town: town)
            let acts = Dictionary(grouping: try store.acts(of: id), by: \.photo)
            return try MatterPhotoStore(tx, town: town).photos(of: id).map { photo in
                PhotoSight(
                    matter: matter, photo: photo, acts: acts[photo.id, default: []], keptUntil: try store.keptUntil(photo.id))
            }
        }
    }
}
