import Identity
package import Kernel
import Storage

/// Shows a redacted photo as it was, while it is kept, to somebody who gives a reason; every time is recorded (design.md rule 7).
package struct RevealOriginal: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` `reason-required`; ``NotFound`` out of scope, or when nothing is kept; ``Forbidden``;
    ///   `Vault.Unreadable` when its key is not here.
    /// - Returns: a JPEG.
    package func callAsFunction(
        _ photo: ID<MatterPhoto>, of matter: ID<Matter>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> [UInt8] {
        let reason = try EscalateMatter.reason(reason)
        let desk = desk
        let sealed = try await desk.database.write { tx in
            let scene = try PhotoScene(photo, of: matter, by: principal, desk, tx)
            guard let sealed = try RedactionStore(tx, town: principal.town).sealed(photo) else { throw NotFound() }
            try AuditTrail(tx).record(
                "matter.photo.reveal", by: principal, town: principal.town, subject: scene.matter.id.description,
                detail: ["photo": photo.description, "reason": reason], address: address, ambient: desk.ambient)
            return sealed
        }
        return try desk.vault.open(bytes: sealed, for: PhotoDesk.place(photo))
    }
}
