package import Identity
package import Kernel
package import Storage

/// A worker leaves, changes post or is replaced: in one write the successor is appointed, the old post ends, stand-ins end, and every
/// room passes on what it has in those hands (domain.md F11). 办理交接
package struct HandOverPosts: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let cache: DirectoryCache
    let parts: [any HandoverPart]

    package init(
        database: any Database, ambient: Ambient, vault: Vault, cache: DirectoryCache, parts: [any HandoverPart] = []
    ) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.cache = cache
        self.parts = parts
    }

    /// - Parameter request: the id the handover gets; a retry with the same one hands over once.
    /// - Throws: ``NotFound`` for a post out of scope, ``Forbidden`` for one only the town ends, ``Invalid`` by ``HandoverRules`` and
    ///   ``PostRules``, ``Conflict``.
    @discardableResult
    package func callAsFunction(
        _ order: HandoverOrder, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> ID<Handover> {
        let scope = try principal.scope(for: .postAppoint)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let posts = try Set(order.posts).sorted().map { id in
                guard let post = try PostStore(tx, town: change.town).find(id, in: scope) else { throw NotFound() }
                if PostRules.needsTheTown(post.kind), scope != .town { throw Forbidden("town-appoints") }
                return post
            }
            let id = change.newID(Handover.self)
            let said = vault.mark(order.said.map { "\($0.utf8.count):\($0)" }.joined(separator: "|"), kind: "handover")
            let detail = ["to": order.successor.description, "day": order.day.description, "said": said]
            if try change.isDone("handover.make", id, detail) { return id }
            let faults = HandoverRules.faults(in: order, posts: posts, today: ambient.now().day())
            guard faults.isEmpty else { throw Invalid(faults) }
            let handover = try settle(order, posts, id, change)
            var lines = order.items.map { HandoverLine($0.kind, $0.words) }
            for part in parts { lines += try part.handOver(handover, by: principal, tx) }
            try HandoverStore(tx, town: change.town).insert(handover, lines)
            try change.record("handover.make", id, grid: handover.grid, detail)
            return id
        }
    }

    /// Ends the posts and sees that the successor holds them.
    private func settle(
        _ order: HandoverOrder, _ posts: [Post], _ id: ID<Handover>, _ change: DirectoryChange
    ) throws -> Handover {
        let people = PersonStore(change.tx, town: change.town)
        // As the directory stands before anything is changed: what the posts are called.
        let tree = try cache.tree(change.tx, town: change.town, day: ambient.now().day())
        guard let first = posts.first, let grid = (posts.first { $0.id == order.posts.first } ?? first).grid,
            let leaver = try people.find(first.person)
        else { throw NotFound() }
        guard let successor = try people.find(order.successor) else { throw Invalid("/successor", "person-unknown") }
        let last = order.day.adding(days: -1)
        let changes = try posts.compactMap { post -> Handover.Change? in
            guard let grid = post.grid else { return nil }
            if HandoverRules.mustEnd(post, on: last) { try EndPost.end(post, on: last, try change.further()) }
            return Handover.Change(
                post: post.id, kind: post.kind, grid: grid, next: try pass(post, order, change),
                title: PostTitle.of(post, in: tree)
            )
        }
        try endStandIns(for: posts, of: leaver.id, after: last, tree, change)
        return Handover(
            id: id, grid: grid, from: .init(leaver.id, leaver.name), to: .init(successor.id, successor.name), day: order.day,
            at: ambient.now(), byName: change.principal.name, byPost: change.principal.post, note: order.note.trimmed,
            changes: changes)
    }

    /// - Returns: the successor's post.
    private func pass(_ post: Post, _ order: HandoverOrder, _ change: DirectoryChange) throws -> ID<Post> {
        let store = PostStore(change.tx, town: change.town)
        let others = try store.ever(on: post.grid, orOf: order.successor)
        switch HandoverRules.step(after: post, to: order.successor, on: order.day, beside: others) {
        case .keep(let own): return own
        case .extend(let own, let end):
            guard var extended = others.first(where: { $0.id == own }), let grid = post.grid else { throw NotFound() }
            extended.term = Term(from: extended.from, to: end)
            let standing = try GridStore(change.tx, town: change.town).find(grid, in: .town)
            let faults = PostRules.faults(in: extended, on: standing, beside: others)
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.extend(own, to: end)
            try change.further().record("post.extend", own, grid: grid, Dictionary(known: ["to": end?.description]))
            return own
        case .appoint(let term):
            return try AppointToPost.appoint(
                Appointment(
                    .known(order.successor), as: post.kind, on: post.grid, employment: order.employment ?? post.employment,
                    from: term.from, to: term.to), in: .town, try change.further(), vault)
        }
    }

    /// Nobody looks after a post that is over, and whoever left a village looks after nobody's grid there.
    private func endStandIns(
        for posts: [Post], of leaver: ID<PersonNode>, after last: Day, _ tree: GridTree, _ change: DirectoryChange
    ) throws {
        let (store, held) = (StandInStore(change.tx, town: change.town), PostStore(change.tx, town: change.town))
        let stays = try held.ever(of: leaver).filter { $0.kind == .gridWorker && $0.term.contains(last.adding(days: 1)) }
        let villages = Set(stays.compactMap { $0.grid.flatMap(tree.village)?.id })
        let own = try posts.flatMap { try store.all(for: $0.id) }
        let others = try store.held(by: leaver, after: last).filter { standIn in
            guard let grid = try held.find(standIn.post, in: .town)?.grid, let village = tree.village(of: grid)?.id else {
                return true
            }
            return !villages.contains(village)
        }
        for standIn in own.filter({ $0.to > last }) + others {
            try store.shorten(standIn.id, to: last)
            let grid = try held.find(standIn.post, in: .town)?.grid
            try change.further().record("stand-in.end", standIn.id, grid: grid, ["to": last.description])
        }
    }
}
