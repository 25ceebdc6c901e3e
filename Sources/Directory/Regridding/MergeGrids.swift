import Geometry
package import Identity
package import Kernel
package import Storage

/// Dissolves a grid into another of the same village: households, posts, station, open work and ground go over, the grid is closed
/// the day before. 网格合并
package struct MergeGrids: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let parts: [any RegridPart]

    package init(database: any Database, ambient: Ambient, vault: Vault, parts: [any RegridPart] = []) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.parts = parts
    }

    /// - Parameter day: the first day without the grid.
    /// - Returns: how many households went over; none when the request had been carried out before.
    /// - Throws: ``NotFound`` for a grid out of scope, ``Invalid`` by ``RegridRules``, ``Conflict``.
    @discardableResult
    package func callAsFunction(
        _ id: ID<GridNode>, into goal: ID<GridNode>, from day: Day, by principal: Principal, request: ID<DirectoryEvent>
    ) async throws -> Int {
        let scope = try principal.scope(for: .directoryEdit)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let grids = GridStore(tx, town: change.town)
            guard var source = try grids.find(id, in: scope), let target = try grids.find(goal, in: scope) else {
                throw NotFound()
            }
            let detail = ["target": goal.description, "day": day.description]
            if try change.isDone("grid.merge", id, detail) { return 0 }
            let (last, moves) = (day.adding(days: -1), HouseholdMoveStore(tx, town: change.town))
            let households = try moves.standing(in: id, on: day, holding: "").map(\.id)
            let posts = try PostStore(tx, town: change.town).ever(on: id).filter { HandoverRules.mustEnd($0, on: last) }
            let faults =
                try change.faults(moving: households, from: source, to: target, on: day)
                + RegridRules.faults(
                    dissolving: source, children: try grids.everBelow(id).filter { $0.validTo.map { $0 > last } ?? true },
                    posts: posts, last: last)
            guard faults.isEmpty else { throw Invalid(faults) }
            try moves.move(households, from: id, to: goal, on: day, ambient)
            for post in posts { try pass(post, to: target, on: day, change) }
            try StationStore(tx, town: change.town).give(from: id, to: goal)
            try join(source, target, change)
            source.validTo = last
            try grids.update(source)
            let regrid = Regrid(.merge, from: source, to: target, on: day, households: households)
            try change.finish(regrid, followedBy: parts, detail)
            return households.count
        }
    }

    /// Ends a post and begins the same one in the other grid, unless somebody has it there.
    private func pass(_ post: Post, to target: Grid, on day: Day, _ change: DirectoryChange) throws {
        let last = day.adding(days: -1)
        let standIns = StandInStore(change.tx, town: change.town)
        for standIn in try standIns.all(for: post.id) where standIn.to > last { try standIns.shorten(standIn.id, to: last) }
        try EndPost.end(post, on: last, try change.further())
        let others = try PostStore(change.tx, town: change.town).ever(on: target.id, orOf: post.person)
        guard RegridRules.goesAlong(post, to: target, on: day, beside: others) else { return }
        try AppointToPost.appoint(
            Appointment(.known(post.person), as: post.kind, on: target.id, employment: post.employment, from: day, to: post.to),
            in: .town, try change.further(), vault)
    }

    /// The ground of both, where both are drawn.
    private func join(_ source: Grid, _ target: Grid, _ change: DirectoryChange) throws {
        let tree = try GridStore(change.tx, town: change.town).tree(on: ambient.now().day())
        guard let one = tree.areas[source.id], let other = tree.areas[target.id], let joined = other.joined(with: one) else {
            return
        }
        try SetArea.put(AreaSetRules.Setting(target, joined), in: tree, change)
    }
}
