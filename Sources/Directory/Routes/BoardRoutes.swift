import Kernel
import Storage
import Web

/// The notice boards of grids, for printing.
extension DirectoryRoom {
    var boardRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/notice-board", .holder(.directoryRead)) { try await boards($0, below: false) },
            Route(.get, "/office/grids/{grid}/notice-boards", .holder(.directoryRead)) { try await boards($0, below: true) },
            Route(.get, "/office/grids/{grid}/codes", .holder(.directoryRead), handle: codes),
        ]
    }

    private func codes(_ call: Call) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .directoryRead)
        let card = try await ReadGridCard(database: database, cache: cache)(
            try call.id("grid"), in: scope, town: call.town, on: today)
        let (town, grid) = (call.town, card.grid.id)
        let (stations, naturals) = try await database.read { tx in
            (
                try StationStore(tx, town: town).stations(under: grid),
                try VillageStore(tx, town: town).naturalVillages(of: grid)
            )
        }
        return call.page(CodesPage(call, grid: card.grid, tree: card.tree, stations: stations, naturals: naturals))
    }

    /// - Parameter below: the boards of everything below, too.
    private func boards(_ call: Call, below: Bool) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .directoryRead)
        let card = try await ReadGridCard(database: database, cache: cache)(
            try call.id("grid"), in: scope, town: call.town, on: today)
        let (town, tree) = (call.town, card.tree)
        let grids = [card.grid] + (below ? tree.descendants(of: card.grid.id) : [])
        let people = Set(grids.flatMap { tree.path($0.id) }.flatMap { tree.posts(on: $0.id) }.map(\.person))
        let (names, phone) = try await database.read {
            (try PersonStore($0, town: town).names(of: people), try TownStore($0).find(town)?.dutyPhone)
        }
        return call.page(BoardsPage(call, grids: grids, tree: tree, names: names, townPhone: phone))
    }
}
