import Identity
package import Kernel
import Storage

/// Destroys pictures that were kept under seal: one when somebody chooses to, all whose time is over by a job. 销毁原图
package struct DestroyOriginals: Sendable {
    private let desk: MatterDesk
    private static let atOnce = 100

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope; ``Forbidden``; ``Conflict`` `request-reused`. Where nothing is kept nothing happens.
    package func callAsFunction(_ order: PhotoOrder) async throws {
        let (desk, principal) = (desk, order.principal)
        let digest = desk.digest(["destroy", order.photo.description, principal.account.description])
        try await desk.database.write { tx in
            let store = RedactionStore(tx, town: principal.town)
            let scene = try PhotoScene(order.photo, of: order.matter, by: principal, desk, tx)
            if try PhotoScene.isDone(order.id, digest, store) { return }
            guard try store.destroy(order.photo) else { return }
            try Self.record(scene.photo, order.id, digest, in: principal.town, by: principal, order.address, desk, tx)
        }
    }

    /// Those of a town whose last day is over. May be stopped and run again.
    /// - Returns: how many were destroyed.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>) async throws -> Int {
        let desk = desk
        var total = 0
        while true {
            let count = try await desk.database.write { tx -> Int in
                let store = RedactionStore(tx, town: town)
                let over = try store.over(on: desk.ambient.now().day(), limit: Self.atOnce)
                for photo in over where try store.destroy(photo.id) {
                    try Self.record(photo, desk.ambient.newID(), "", in: town, by: nil, nil, desk, tx)
                }
                return over.count
            }
            total += count
            if count < Self.atOnce { return total }
        }
    }

    private static func record(
        _ photo: MatterPhoto, _ id: ID<PhotoAct>, _ digest: String, in town: ID<Town>, by principal: Principal?,
        _ address: String?, _ desk: MatterDesk, _ tx: any Transaction
    ) throws {
        let act = PhotoAct(
            id: id, photo: photo.id, matter: photo.matter, kind: .destroyed, edition: photo.edition, keepsOriginal: false,
            at: desk.ambient.now(), actor: principal.map { MatterEvent.Actor($0) })
        try RedactionStore(tx, town: town).add(act, digest: digest)
        try AuditTrail(tx).record(
            "matter.photo.destroy", by: principal, town: town, subject: photo.matter.description,
            detail: ["photo": photo.id.description], address: address, ambient: desk.ambient)
    }
}
