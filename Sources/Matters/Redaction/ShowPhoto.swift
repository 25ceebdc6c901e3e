import Identity
import Kernel
import Storage

/// Says that a photo is fit to be shown to everybody, because nothing in it needs to be hidden any more, or that it is not any more.
/// 可公开
package struct ShowPhoto: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope; ``Forbidden``; ``Conflict`` `photo-stale` when it is not the picture that was looked at,
    ///   `photo-restricted`, `request-reused`.
    /// - Returns: the photo afterwards; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(_ order: PhotoOrder, isFit: Bool) async throws -> MatterPhoto {
        let (desk, principal) = (desk, order.principal)
        let fields = ["show", order.photo.description, String(order.edition), principal.account.description, "\(isFit)"]
        let digest = desk.digest(fields)
        return try await desk.database.write { tx in
            let (town, now) = (principal.town, desk.ambient.now())
            let store = RedactionStore(tx, town: town)
            let scene = try PhotoScene(order.photo, of: order.matter, by: principal, desk, tx)
            if try PhotoScene.isDone(order.id, digest, store) { return scene.photo }
            // Somebody who looked at another picture has not looked at this one.
            guard scene.photo.edition == order.edition else { throw Conflict("photo-stale") }
            guard !isFit || !scene.matter.isRestricted else { throw Conflict("photo-restricted") }
            guard (scene.photo.shownAt != nil) != isFit else { return scene.photo }
            guard try store.show(scene.photo, at: isFit ? now : nil) else { throw Conflict("photo-stale") }
            let act = PhotoAct(
                id: order.id, photo: order.photo, matter: scene.matter.id, kind: isFit ? .cleared : .withdrawn,
                edition: order.edition + 1, keepsOriginal: try store.keptUntil(order.photo) != nil, at: now,
                actor: MatterEvent.Actor(principal))
            try store.add(act, digest: digest)
            try AuditTrail(tx).record(
                isFit ? "matter.photo.show" : "matter.photo.hide", by: principal, town: town,
                subject: scene.matter.id.description,
                detail: ["photo": order.photo.description], address: order.address, ambient: desk.ambient)
            return try MatterPhotoStore(tx, town: town).find(order.photo) ?? scene.photo
        }
    }
}
