package import Kernel
package import Storage

/// Sets the last day of a post; from the day after, it gives no access any more (F46). 免去
package struct EndPost: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` out of scope, ``Forbidden`` for a post only the town ends, ``Invalid`` for a day before the first or
    ///   after the last, ``Conflict`` when the request's id came with other contents.
    /// - Returns: the post as it was.
    @discardableResult
    package func callAsFunction(
        _ id: ID<Post>, on day: Day, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> Post {
        let scope = try principal.scope(for: .postAppoint)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = PostStore(tx, town: change.town)
            guard let post = try store.find(id, in: scope) else { throw NotFound() }
            if PostRules.needsTheTown(post.kind), scope != .town { throw Forbidden("town-appoints") }
            let detail = ["to": day.description, "kind": post.kind.rawValue, "person": post.person.description]
            if try change.isDone("post.end", id, detail) { return post }
            try Self.end(post, on: day, change)
            return post
        }
    }

    /// Ends the post as part of `change`.
    static func end(_ post: Post, on day: Day, _ change: DirectoryChange) throws {
        let store = PostStore(change.tx, town: change.town)
        let faults = PostRules.faults(
            ending: post, on: day, beside: post.kind == .townOffice ? try store.held(on: day.adding(days: 1)) : [])
        guard faults.isEmpty else { throw Invalid(faults) }
        try store.end(post.id, on: day)
        try change.record(
            "post.end", post.id, grid: post.grid,
            ["to": day.description, "kind": post.kind.rawValue, "person": post.person.description])
    }
}
