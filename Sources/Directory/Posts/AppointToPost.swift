package import Identity
package import Kernel
package import Storage

/// Appoints somebody to a post. 任命
///
/// The town appoints to every post; whoever may appoint in a village, to grid workers' posts there. Two people who appoint to the same
/// post at once take turns on the town's row, so the second meets the first's appointment and is refused.
package struct AppointToPost: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault

    package init(database: any Database, ambient: Ambient, vault: Vault) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
    }

    /// - Parameter request: the id the post gets; a retry with the same one appoints once.
    /// - Throws: ``NotFound`` for a grid out of scope, ``Forbidden`` for a post only the town appoints to, ``Invalid`` with everything
    ///   ``PostRules`` finds, ``Conflict`` when the request's id came with other contents.
    @discardableResult
    package func callAsFunction(
        _ appointment: Appointment, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> ID<Post> {
        let scope = try principal.scope(for: .postAppoint)
        return try await database.write { tx in
            try Self.appoint(appointment, in: scope, DirectoryChange(tx, by: principal, request, ambient), vault)
        }
    }

    /// Appoints as part of `change`.
    /// - Parameter source: what it comes from, for the history, such as an import's id.
    @discardableResult
    static func appoint(
        _ appointment: Appointment, in scope: Scope, _ change: DirectoryChange, _ vault: Vault, from source: String? = nil
    ) throws -> ID<Post> {
        let grid = try appointment.grid.map { id in
            guard let grid = try GridStore(change.tx, town: change.town).find(id, in: scope) else { throw NotFound() }
            return grid
        }
        if PostRules.needsTheTown(appointment.kind), scope != .town { throw Forbidden("town-appoints") }
        guard let person = try RegisterPerson.person(appointment.who, change, vault) else {
            throw Invalid("/person", "person-unknown")
        }
        let post = Post(
            id: change.newID(), person: person, kind: appointment.kind, grid: appointment.grid,
            employment: appointment.kind == .gridWorker ? appointment.employment : nil, from: appointment.term.from,
            to: appointment.term.to)
        let detail = Dictionary(known: [
            "person": person.description, "kind": post.kind.rawValue, "employment": post.employment?.rawValue,
            "from": post.from.description, "to": post.to?.description, "import": source,
        ])
        if try change.isDone("post.appoint", post.id, detail) { return post.id }
        let store = PostStore(change.tx, town: change.town)
        let faults = PostRules.faults(in: post, on: grid, beside: try store.ever(on: post.grid, orOf: person))
        guard faults.isEmpty else { throw Invalid(faults) }
        try store.insert(post)
        try change.record("post.appoint", post.id, grid: post.grid, detail)
        return post.id
    }
}
