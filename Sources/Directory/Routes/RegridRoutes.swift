import Kernel
import Storage
import Web

/// Splitting a grid, and dissolving one into another.
extension HandoverRoom {
    /// Room for a drawing, or a tick for every household of a large grid.
    private static let formLimit = 1 << 20
    /// So many households are listed to be ticked; more are found by their address.
    static let listed = 300

    var regridRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/split", .holder(.directoryEdit)) { try await splitForm($0, []) },
            Route(.post, "/office/grids/{grid}/split", .holder(.directoryEdit), bodyLimit: Self.formLimit, handle: split),
            Route(.get, "/office/grids/{grid}/merger", .holder(.directoryEdit)) { try await mergeForm($0, []) },
            Route(.post, "/office/grids/{grid}/merger", .holder(.directoryEdit), bodyLimit: 16_384, handle: merge),
        ]
    }

    /// The grid in the path, as it stands today.
    private func source(_ call: Call) async throws -> (tree: GridTree, grid: Grid) {
        let scope = try call.signedIn().scope(for: .directoryEdit)
        let (id, tree) = (try call.id("grid", of: GridNode.self), try await tree(call))
        guard tree.isIn(scope, id), let grid = tree.grid(id) else { throw NotFound() }
        return (tree, grid)
    }

    private func splitForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (tree, grid) = try await source(call)
        let (town, day) = (call.town, today)
        let text = String((call.form["filter"] ?? call.query["filter"] ?? "").trimmed.prefix(40))
        let households = try await database.read { tx in
            try HouseholdMoveStore(tx, town: town).standing(in: grid.id, on: day, holding: text, limit: Self.listed + 1)
        }
        return call.page(
            SplitForm(call, tree: tree, grid: grid, households: households, filter: text, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func split(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            let order = SplitOrder(
                id, to: try target(call), try choice(call), from: try call.day("day"), takesArea: call.form["takesArea"] != nil)
            let done = try await SplitGrid(database: database, ambient: ambient, vault: vault, parts: regrids)(
                order, by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.card(done.grid), flash: "directory.regrid.split-done")
        } catch let invalid as Invalid {
            return try await splitForm(call, invalid.faults)
        }
    }

    private func target(_ call: Call) throws(Invalid) -> SplitOrder.Target {
        guard call.filled("target") == nil || call.form["target"] == "new" else {
            guard let id = ID<GridNode>(call.form["target"] ?? "") else { throw Invalid("/target", "not-a-choice") }
            return .standing(id)
        }
        return .new(
            kind: try call.choice("kind"), nameZh: call.filled("nameZh") ?? "", nameEn: call.filled("nameEn"),
            responsibleUnit: call.filled("unit"), boundaryWords: call.filled("boundary"))
    }

    private func choice(_ call: Call) throws(Invalid) -> SplitOrder.Choice {
        switch call.form["by"] ?? "" {
        case "ticked": return .ticked(call.form.all("household").compactMap { ID($0) })
        case "address": return .address(String((call.form["address"] ?? "").prefix(40)))
        case "inside": return .inside(geoJSON: call.form["area"] ?? "", try call.choice("crs"))
        default: throw Invalid("/by", "not-a-choice")
        }
    }

    private func mergeForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (tree, grid) = try await source(call)
        let (town, day) = (call.town, today)
        let households = try await database.read { tx in
            try HouseholdMoveStore(tx, town: town).standing(in: grid.id, on: day, holding: "").count
        }
        let open = try await matters.open(try call.signedIn(), grid.id, call.language)?.count
        return call.page(
            MergeForm(call, tree: tree, grid: grid, households: households, open: open, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func merge(_ call: Call) async throws -> Answer {
        let id = try call.id("grid", of: GridNode.self)
        do {
            guard let goal = ID<GridNode>(call.form["target"] ?? "") else { throw Invalid("/target", "not-a-choice") }
            try await MergeGrids(database: database, ambient: ambient, vault: vault, parts: regrids)(
                id, into: goal, from: try call.day("day"), by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.card(goal), flash: "directory.regrid.merge-done")
        } catch let invalid as Invalid {
            return try await mergeForm(call, invalid.faults)
        }
    }
}
