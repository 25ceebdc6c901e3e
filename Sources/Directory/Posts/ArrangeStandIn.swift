import Identity
package import Kernel
package import Storage

/// Lets a neighbouring worker look after a colleague's grid for some days, or ends that early (F27, 包片连片). 代管安排
///
/// Access follows the dates by itself: ``PostGrants`` asks at every request.
package struct ArrangeStandIn: Sendable {
    let database: any Database
    let ambient: Ambient
    let cache: DirectoryCache

    package init(database: any Database, ambient: Ambient, cache: DirectoryCache) {
        self.database = database
        self.ambient = ambient
        self.cache = cache
    }

    /// - Throws: ``NotFound`` for a post out of scope, ``Invalid`` by ``StandInRules``.
    @discardableResult
    package func callAsFunction(
        for post: ID<Post>, by person: ID<PersonNode>, from: Day, to: Day, reason: String, in scope: Scope,
        as principal: Principal,
        request: ID<DirectoryEvent>
    ) async throws -> ID<StandIn> {
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let town = change.town
            guard let absent = try PostStore(tx, town: town).find(post, in: scope), let grid = absent.grid else {
                throw NotFound()
            }
            var validation = Validation()
            let words = validation.text(reason, at: "/reason", limit: 60)
            try validation.finish()
            let standIn = StandIn(id: change.newID(), post: post, person: person, reason: words, from: from, to: to)
            let detail = [
                "post": post.description, "person": person.description, "from": from.description, "to": to.description,
            ]
            if try change.isDone("stand-in.arrange", standIn.id, detail) { return standIn.id }
            let tree = try cache.tree(tx, town: town, day: ambient.now().day())
            let own = tree.posts(of: person).filter { $0.kind == .gridWorker }.compactMap { post in
                post.grid.flatMap { tree.village(of: $0)?.id }
            }
            let store = StandInStore(tx, town: town)
            let faults = StandInRules.faults(
                of: standIn, for: absent, beside: try store.all(for: post), village: tree.village(of: grid)?.id, own: own,
                today: ambient.now().day())
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.insert(standIn)
            try change.record("stand-in.arrange", standIn.id, grid: grid, detail)
            return standIn.id
        }
    }

    /// Ends it with yesterday, so that access is gone at once.
    package func end(_ id: ID<StandIn>, in scope: Scope, as principal: Principal, request: ID<DirectoryEvent>) async throws {
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = StandInStore(tx, town: change.town)
            guard let standIn = try store.find(id, in: scope),
                let post = try PostStore(tx, town: change.town).find(standIn.post, in: scope)
            else { throw NotFound() }
            if try change.isDone("stand-in.end", id, [:]) { return }
            try store.end(id, on: ambient.now().day().adding(days: -1))
            try change.record("stand-in.end", id, grid: post.grid, [:])
        }
    }
}
