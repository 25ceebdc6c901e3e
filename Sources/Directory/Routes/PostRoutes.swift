import Kernel
import Storage
import Web

/// Appointing to posts and ending them.
extension DirectoryRoom {
    var postRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/posts", .holder(.postAppoint)) { try await postForm($0, []) },
            Route(.post, "/office/grids/{grid}/posts", .holder(.postAppoint), bodyLimit: 16_384, handle: appoint),
            Route(.get, DirectoryPath.townPosts, .holder(.townEdit)) { try await officeForm($0, []) },
            Route(.post, DirectoryPath.townPosts, .holder(.townEdit), bodyLimit: 16_384, handle: appointToOffice),
            Route(.get, "/office/posts/{post}/ending", .holder(.postAppoint)) { try await endingForm($0, []) },
            Route(.post, "/office/posts/{post}/ending", .holder(.postAppoint), bodyLimit: 16_384, handle: end),
        ]
    }

    private func postForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .postAppoint)
        let id = try call.id("grid", of: GridNode.self)
        let (tree, town, day) = (try await tree(call), call.town, today)
        guard let grid = tree.grid(id), tree.isIn(scope, id) else { throw NotFound() }
        let kinds = PostKind.allCases.filter { kind in
            PostRules.levels(for: kind).contains(grid.level) && (scope == .town || !PostRules.needsTheTown(kind))
        }
        let names = try await database.read { try PersonStore($0, town: town).names(ofHoldersIn: scope, on: day) }
        return call.page(
            PostForm(
                call, grid: grid, name: tree.fullName(of: id, in: call.language), kinds: kinds,
                people: Set(names.values).sorted(), today: day,
                faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func appoint(_ call: Call) async throws -> Answer {
        let grid = try call.id("grid", of: GridNode.self)
        do {
            try await appoint(call, as: PostKind(rawValue: call.form["post"] ?? ""), on: grid)
            return call.done(DirectoryPath.card(grid), flash: "directory.done.appointed")
        } catch let invalid as Invalid {
            return try await postForm(call, invalid.faults)
        }
    }

    private func officeForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (town, day) = (call.town, today)
        let names = try await database.read { try PersonStore($0, town: town).names(ofHoldersIn: .town, on: day) }
        return call.page(
            PostForm(
                call, grid: nil, name: call.visit.town.name(in: call.language), kinds: [.townOffice],
                people: Set(names.values).sorted(),
                today: day, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func appointToOffice(_ call: Call) async throws -> Answer {
        do {
            try await appoint(call, as: .townOffice, on: nil)
            return call.done(DirectoryPath.town, flash: "directory.done.appointed")
        } catch let invalid as Invalid {
            return try await officeForm(call, invalid.faults)
        }
    }

    private func appoint(_ call: Call, as kind: PostKind?, on grid: ID<GridNode>?) async throws {
        var validation = Validation()
        validation.check(kind != nil, at: "/post", "not-a-choice")
        validation.check(call.filled("person") != nil, at: "/person", "required")
        let (from, to) = (call.day("from", &validation, required: true), call.day("to", &validation))
        try validation.finish()
        guard let kind, let from else { throw Invalid("/post", "required") }
        let appointment = Appointment(
            try await appointee(call), as: kind, on: grid, employment: Employment(rawValue: call.form["employment"] ?? ""),
            from: from, to: to)
        try await AppointToPost(database: database, ambient: ambient, vault: vault)(
            appointment, by: try call.signedIn(), request: call.clientID())
    }

    /// The person whose name was typed. A name that several people share needs the telephone number with it.
    private func appointee(_ call: Call) async throws -> Appointment.Appointee {
        let (name, phone, town) = (call.filled("person") ?? "", call.filled("phone"), call.town)
        if let phone { return .named(name, phone: phone) }
        let known = try await database.read { try PersonStore($0, town: town).find(named: name) }
        guard known.count < 2 else { throw Invalid("/person", "person-several") }
        return known.first.map { .known($0.id) } ?? .named(name, phone: nil)
    }

    private func endingForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .postAppoint)
        let (id, town) = (try call.id("post", of: Post.self), call.town)
        let found = try await database.read { tx in
            try PostStore(tx, town: town).find(id, in: scope).map {
                ($0, try PersonStore(tx, town: town).find($0.person)?.name ?? "")
            }
        }
        guard let (post, holder) = found else { throw NotFound() }
        let tree = try await tree(call)
        let grid = post.grid.flatMap(tree.grid)
        let name = grid.map { tree.fullName(of: $0.id, in: call.language) } ?? call.visit.town.name(in: call.language)
        return call.page(
            PostForm(call, ending: post, holder: holder, grid: grid, name: name, today: today, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func end(_ call: Call) async throws -> Answer {
        let id = try call.id("post", of: Post.self)
        do {
            let day = try call.day("day")
            let post = try await EndPost(database: database, ambient: ambient)(
                id, on: day, by: try call.signedIn(), request: call.clientID())
            return call.done(post.grid.map(DirectoryPath.card) ?? DirectoryPath.town, flash: "directory.done.ended")
        } catch let invalid as Invalid {
            return try await endingForm(call, invalid.faults)
        }
    }
}
