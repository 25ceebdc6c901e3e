import Directory
import Identity
package import Kernel
import Storage

/// Writes an internal note on a matter, whatever its stage 写内部备注. It moves nothing and tells nobody.
package struct WriteNote: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// Who may write one: whoever does anything with matters there.
    static let permissions: [Permission] = [.handleMatter, .routeMatter, .followUpMatter]

    /// - Throws: ``Invalid``, ``NotFound`` out of scope, ``Forbidden``, ``Conflict`` `request-reused`.
    package func callAsFunction(
        _ id: ID<MatterNote>, on matter: ID<Matter>, words: String, by principal: Principal, address: String? = nil
    ) async throws {
        var validation = Validation()
        let words = validation.text(words, at: "/words", limit: Matter.noteLimit)
        try validation.finish()
        let (desk, town) = (desk, principal.town)
        try await desk.database.write { tx in
            guard let found = try MatterStore(tx, town: town).find(matter, for: principal) else { throw NotFound() }
            guard Self.may(principal, found, try desk.tree(tx, town)) else { throw Forbidden() }
            let store = MatterNoteStore(tx, town: town)
            let note = MatterNote(
                id: id, matter: matter, at: desk.ambient.now(), actor: MatterEvent.Actor(principal), words: words)
            guard try store.add(note) else {
                let done = try store.find(id)
                guard done?.matter == matter, done?.actor.account == principal.account, done?.words == words else {
                    throw Conflict("request-reused")
                }
                return
            }
            try AuditTrail(tx).record(
                "matter.note", by: principal, town: town, subject: matter.description, address: address, ambient: desk.ambient)
        }
    }

    static func may(_ principal: Principal, _ matter: Matter, _ tree: GridTree) -> Bool {
        permissions.contains { permission in principal.grants[permission].map { tree.isIn($0, matter.place.grid) } ?? false }
    }
}
