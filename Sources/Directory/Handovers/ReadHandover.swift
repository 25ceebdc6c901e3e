package import Kernel
package import Storage
package import Web

/// The pack of one handover as a reader may see it.
package struct HandoverPack: Sendable {
    package let handover: Handover
    /// What was written down for the occasion.
    package let written: [HandoverLine]
    package let sections: [HandoverSection]
}

/// Puts the pack together: what was written down, and every room's lines within the reader's own reach. 交接清单
package struct ReadHandover: Sendable {
    let database: any Database
    let parts: [any HandoverPart]

    package init(database: any Database, parts: [any HandoverPart] = []) {
        self.database = database
        self.parts = parts
    }

    /// - Throws: ``NotFound`` out of scope.
    package func callAsFunction(_ id: ID<Handover>, for principal: Principal, in language: Language) async throws -> HandoverPack
    {
        let scope = try principal.scope(for: .directoryRead)
        return try await database.read { tx in
            let store = HandoverStore(tx, town: principal.town)
            guard let handover = try store.find(id, in: scope) else { throw NotFound() }
            let lines = try store.lines(of: id)
            let sections = try parts.flatMap { part in
                try part.sections(of: lines, of: handover, for: principal, in: language, tx)
            }
            return HandoverPack(
                handover: handover, written: lines.filter { HandoverLine.Written(rawValue: $0.kind) != nil }, sections: sections)
        }
    }
}
