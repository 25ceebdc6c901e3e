package import Kernel
package import Storage

/// Ends a mechanism document on a day, its last one; its editions stay readable.
package struct WithdrawDocument: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` out of scope, ``Forbidden`` for the town's without the whole town, ``Invalid``, ``Conflict``.
    package func callAsFunction(
        _ id: ID<MechanismDocument>, on day: Day, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = DocumentStore(tx, town: change.town)
            guard try store.isKept(id, in: scope), let last = try store.editions(of: id).last else { throw NotFound() }
            let detail = ["to": day.description]
            if try change.isDone("document.end", id, detail) { return }
            let faults = DocumentRules.faults(withdrawing: last, on: day)
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.end(last, on: day)
            try change.record("document.end", id, grid: last.grid, detail)
        }
    }
}
