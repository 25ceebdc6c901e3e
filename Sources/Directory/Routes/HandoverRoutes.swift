import Kernel
import Storage
import Web

/// Handing posts over, and the packs of what was handed over.
extension HandoverRoom {
    /// Room for a hundred items of two hundred characters, each of up to twelve bytes as a form spells them.
    private static let formLimit = 262_144

    var handoverRoutes: [Route] {
        [
            Route(.get, "/office/posts/{post}/handover", .holder(.postAppoint)) { try await form($0, []) },
            Route(.post, "/office/posts/{post}/handover", .holder(.postAppoint), bodyLimit: Self.formLimit, handle: handOver),
            Route(.get, HandoverPath.all, .holder(.directoryRead), handle: list),
            Route(.get, "/office/handovers/{handover}", .holder(.directoryRead), handle: pack),
        ]
    }

    private func form(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .postAppoint)
        let (id, town, day) = (try call.id("post", of: Post.self), call.town, today)
        let found = try await database.read { tx -> (post: Post, name: String, others: [Post], people: [String])? in
            let store = PostStore(tx, town: town)
            guard let post = try store.find(id, in: scope) else { return nil }
            // Everything else the same person still holds within reach and that this office may pass on.
            let others = try store.ever(of: post.person).filter { other in
                guard other.id != id, other.grid != nil, HandoverRules.mustEnd(other, on: day) else { return false }
                return try store.find(other.id, in: scope) != nil && (scope == .town || !PostRules.needsTheTown(other.kind))
            }
            let people = PersonStore(tx, town: town)
            return (
                post, try people.find(post.person)?.name ?? "", others,
                Set(try people.names(ofHoldersIn: scope, on: day).values).sorted()
            )
        }
        guard let found, found.post.grid != nil else { throw NotFound() }
        return call.page(
            HandoverForm(
                call, tree: try await tree(call), post: found.post, holder: found.name, others: found.others,
                people: found.people,
                today: day, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func handOver(_ call: Call) async throws -> Answer {
        let post = try call.id("post", of: Post.self)
        do {
            var validation = Validation()
            validation.check(call.filled("successor") != nil, at: "/successor", "required")
            let day = call.day("day", &validation, required: true)
            try validation.finish()
            guard let day else { throw Invalid("/day", "required") }
            let items = [("keys", HandoverLine.Written.key), ("papers", .paper), ("remarks", .remark)].flatMap { field, kind in
                HandoverItem.reading(call.form[field] ?? "", as: kind)
            }
            let order = HandoverOrder(
                [post] + call.form.all("also").compactMap { ID($0) }, to: try await successor(call),
                employment: Employment(rawValue: call.form["employment"] ?? ""), from: day, note: call.form["note"] ?? "",
                items: items)
            let id = try await HandOverPosts(
                database: database, ambient: ambient, vault: vault, cache: cache, parts: handovers)(
                    order, by: try call.signedIn(), request: call.clientID())
            return call.done(HandoverPath.pack(id), flash: "directory.handover.done")
        } catch let invalid as Invalid {
            return try await form(call, invalid.faults)
        }
    }

    /// Somebody who is known: by name, and where several are called so, by telephone too.
    private func successor(_ call: Call) async throws -> ID<PersonNode> {
        let (name, phone, town, vault) = (call.filled("successor") ?? "", call.filled("phone"), call.town, vault)
        let known = try await database.read { tx in
            let store = PersonStore(tx, town: town)
            if let phone { return try store.find(named: name, phone: phone, vault).map { [$0] } ?? [] }
            return try store.find(named: name)
        }
        guard known.count < 2 else { throw Invalid("/phone", "person-several") }
        guard let person = known.first else { throw Invalid("/successor", "person-unknown") }
        return person.id
    }

    private func list(_ call: Call) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .directoryRead)
        let (tree, town) = (try await tree(call), call.town)
        let grid = ID<GridNode>(call.query["grid"] ?? "")
        if let grid, !tree.isIn(scope, grid) { throw NotFound() }
        let handovers = try await database.read { tx in
            try HandoverStore(tx, town: town).latest(200, in: grid.map { .grids([$0]) } ?? scope)
        }
        return call.page(HandoversPage(call, tree: tree, grid: grid, handovers: handovers))
    }

    private func pack(_ call: Call) async throws -> Answer {
        let pack = try await ReadHandover(database: database, parts: handovers)(
            try call.id("handover"), for: try call.signedIn(), in: call.language)
        return call.page(HandoverPage(call, tree: try await tree(call), pack: pack))
    }
}
