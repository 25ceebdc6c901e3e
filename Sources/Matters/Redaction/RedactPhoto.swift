import Identity
import Kernel
import Media
import Storage
import Web

/// Paints boxes over a photo for good 打码: both sizes are made anew without what was under them, and take the place of the old ones.
package struct RedactPhoto: Sendable {
    private let desk: PhotoDesk

    package init(_ desk: PhotoDesk) { self.desk = desk }

    /// What becomes of it besides.
    package struct Wish: Hashable, Sendable {
        /// Whether the picture as it is now is kept under seal until ``RedactionRules/keptDays`` are over.
        package let keepsOriginal: Bool
        /// Whether whoever redacts says that it is fit to be shown then.
        package let isFit: Bool

        package init(keepsOriginal: Bool, isFit: Bool) {
            self.keepsOriginal = keepsOriginal
            self.isFit = isFit
        }
    }

    /// - Throws: ``Invalid``; ``NotFound`` out of scope; ``Forbidden``; ``Conflict`` `photo-stale` when it is not as it was seen,
    ///   `photo-restricted` for showing one of a restricted matter, `request-reused`; ``Problem`` 503 when the darkroom or the store
    ///   is out of reach.
    /// - Returns: the photo afterwards; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(_ order: PhotoOrder, _ said: [SaidBox], _ wish: Wish) async throws -> MatterPhoto {
        let boxes = try RedactionRules.check(said)
        let matters = desk.matters
        let digest = Self.digest(order, boxes, wish, matters)
        let scene = try await matters.database.read { tx -> PhotoScene? in
            let scene = try PhotoScene(order.photo, of: order.matter, by: order.principal, matters, tx)
            let store = RedactionStore(tx, town: order.principal.town)
            return try PhotoScene.isDone(order.id, digest, store) ? nil : scene
        }
        guard let scene else { return try await current(order) }
        try Self.check(scene, order, wish)
        let (files, sealed) = try await paint(boxes, over: scene.photo)
        do {
            let photo = try await write(order, wish, digest, boxes.count, files, sealed)
            // What stays behind now is taken away by the job.
            try? await RemovePhotoFiles(desk)(order.principal.town)
            return photo
        } catch {
            // What was painted in vain shows what somebody else has painted over.
            try? await forget(files, order.principal.town)
            throw error
        }
    }

    private func forget(_ files: MatterPhoto.Files, _ town: ID<Town>) async throws {
        let matters = desk.matters
        try await matters.database.write { try PhotoFileStore($0, town: town).remove(files, at: matters.ambient.now()) }
        try await RemovePhotoFiles(desk)(town)
    }

    private func current(_ order: PhotoOrder) async throws -> MatterPhoto {
        let matters = desk.matters
        return try await matters.database.read { tx in
            try PhotoScene(order.photo, of: order.matter, by: order.principal, matters, tx).photo
        }
    }

    private static func check(_ scene: PhotoScene, _ order: PhotoOrder, _ wish: Wish) throws(Conflict) {
        guard scene.photo.edition == order.edition else { throw Conflict("photo-stale") }
        guard !wish.isFit || !scene.matter.isRestricted else { throw Conflict("photo-restricted") }
    }

    /// The new files, stored, and the whole picture as it was, sealed.
    private func paint(_ boxes: [PaintedBox], over photo: MatterPhoto) async throws -> (MatterPhoto.Files, sealed: [UInt8]) {
        do {
            // Whoever was faster has had it taken away.
            guard let name = BlobName(photo.files.full), let before = try await desk.photos.read(name) else {
                throw Conflict("photo-stale")
            }
            let painted = try await desk.darkroom.paint(over: boxes, in: before)
            let full = try await desk.photos.put(painted.picture)
            let thumb = try await desk.photos.put(painted.thumbnail)
            let files = MatterPhoto.Files(
                full: full.description, thumb: thumb.description, width: painted.width, height: painted.height)
            return (files, try desk.matters.vault.seal(bytes: before, for: PhotoDesk.place(photo.id)))
        } catch is BlobProblem {
            throw Problem.picturesBusy
        } catch is PhotographProblem {
            throw Problem.picturesBusy
        }
    }

    private func write(
        _ order: PhotoOrder, _ wish: Wish, _ digest: String, _ boxes: Int, _ files: MatterPhoto.Files, _ sealed: [UInt8]
    ) async throws -> MatterPhoto {
        let (matters, principal) = (desk.matters, order.principal)
        return try await matters.database.write { tx in
            let (town, now) = (principal.town, matters.ambient.now())
            let store = RedactionStore(tx, town: town)
            let scene = try PhotoScene(order.photo, of: order.matter, by: principal, matters, tx)
            if try PhotoScene.isDone(order.id, digest, store) { return scene.photo }
            try Self.check(scene, order, wish)
            guard try store.replace(scene.photo, by: files, shownAt: wish.isFit ? now : nil) else {
                throw Conflict("photo-stale")
            }
            // What was there before the first redaction is kept, not what was there in between.
            if !wish.keepsOriginal {
                _ = try store.destroy(order.photo)
            } else if try store.keptUntil(order.photo) == nil {
                try store.keep(sealed, of: order.photo, at: now, until: RedactionRules.lastDay(redactedOn: now.day()))
            }
            try PhotoFileStore(tx, town: town).remove(scene.photo.files, at: now)
            let act = PhotoAct(
                id: order.id, photo: order.photo, matter: scene.matter.id, kind: .redacted, edition: scene.photo.edition + 1,
                boxes: boxes, keepsOriginal: wish.keepsOriginal, at: now, actor: MatterEvent.Actor(principal))
            try store.add(act, digest: digest)
            if wish.isFit {
                let cleared = PhotoAct(
                    id: matters.ambient.newID(), photo: order.photo, matter: scene.matter.id, kind: .cleared,
                    edition: act.edition,
                    keepsOriginal: wish.keepsOriginal, at: now, actor: act.actor)
                try store.add(cleared)
            }
            try AuditTrail(tx).record(
                "matter.photo.redact", by: principal, town: town, subject: scene.matter.id.description,
                detail: [
                    "photo": order.photo.description, "boxes": String(boxes),
                    "original": wish.keepsOriginal ? "kept" : "destroyed",
                    "fit": wish.isFit ? "yes" : "no",
                ], address: order.address, ambient: matters.ambient)
            return try MatterPhotoStore(tx, town: town).find(order.photo) ?? scene.photo
        }
    }

    private static func digest(_ order: PhotoOrder, _ boxes: [PaintedBox], _ wish: Wish, _ desk: MatterDesk) -> String {
        desk.digest(
            [
                "redact", order.photo.description, String(order.edition), order.principal.account.description,
                "\(wish.keepsOriginal)", "\(wish.isFit)",
            ] + boxes.map { "\($0.left),\($0.top),\($0.right),\($0.bottom)" })
    }
}

extension Problem {
    static let picturesBusy = Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
}
