import Directory
import Identity
package import Kernel
import Storage

/// Shows who reported a matter with name and telephone, to somebody who gives a reason; every time is recorded (design.md rule 7).
package struct RevealReporters: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` `reason-required`, ``NotFound`` out of scope, ``Forbidden`` for who neither handles nor follows up there.
    package func callAsFunction(
        _ matter: ID<Matter>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> [Reporter] {
        let reason = try EscalateMatter.reason(reason)
        return try await desk.database.write { tx in
            guard let found = try MatterStore(tx, town: principal.town).find(matter, for: principal) else { throw NotFound() }
            let tree = try desk.tree(tx, principal.town)
            let may = [Permission.handleMatter, .followUpMatter].contains { permission in
                principal.grants[permission].map { tree.isIn($0, found.place.grid) } ?? false
            }
            guard may else { throw Forbidden() }
            let family = try MergeStore(tx, town: principal.town).family(of: matter)
            // Of each that went into it as well: whoever asks who looked at its reporters finds it there.
            for member in family {
                try AuditTrail(tx).record(
                    "matter.reveal", by: principal, town: principal.town, subject: member.description, detail: ["reason": reason],
                    address: address, ambient: desk.ambient)
            }
            return try ReporterStore(tx, town: principal.town, vault: desk.vault).reporters(of: family)
        }
    }
}
