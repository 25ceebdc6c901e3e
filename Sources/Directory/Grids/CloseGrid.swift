package import Kernel
package import Storage

/// Closes a grid on a day, its last one, with everything below it and every post there. Its records stay. 撤销网格
package struct CloseGrid: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` out of scope, ``Forbidden`` for a village without the whole town, ``Invalid``, ``Conflict``.
    package func callAsFunction(_ id: ID<GridNode>, on day: Day, by principal: Principal, request: ID<DirectoryEvent>)
        async throws
    {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = GridStore(tx, town: change.town)
            guard let grid = try store.find(id, in: scope) else { throw NotFound() }
            if grid.level == .one, scope != .town { throw Forbidden("town-opens-villages") }
            let detail = ["to": day.description]
            if try change.isDone("grid.close", id, detail) { return }
            let below = try store.everUnder(id).filter { $0.validTo == nil }
            var faults = GridRules.faults(closing: grid, on: day)
            if faults.isEmpty, below.contains(where: { $0.validFrom > day }) { faults = [Fault("/to", "opens-later-below")] }
            let posts = try PostStore(tx, town: change.town).ever(under: id).filter { $0.to.map { $0 > day } ?? true }
            if faults.isEmpty, posts.contains(where: { $0.from > day }) { faults = [Fault("/to", "posts-begin-later")] }
            guard faults.isEmpty else { throw Invalid(faults) }
            for var closing in below {
                closing.validTo = day
                try store.update(closing)
            }
            for post in posts { try PostStore(tx, town: change.town).end(post.id, on: day) }
            try change.record("grid.close", id, grid: id, detail)
        }
    }
}
