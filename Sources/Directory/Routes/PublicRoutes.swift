import Kernel
import Storage
import Web

/// What everybody may see: the town's home, its villages, what is posted about a grid, the map.
extension DirectoryRoom {
    var publicRoutes: [Route] {
        [
            Route(.get, DirectoryPath.home, .anyone, handle: home),
            Route(.get, DirectoryPath.villages, .anyone, handle: villages),
            Route(.get, DirectoryPath.map, .anyone) { try await map($0, isOffice: false) },
            Route(.get, "/places/{grid}", .anyone, handle: place),
        ]
    }

    private func home(_ call: Call) async throws -> Answer {
        let town = call.town
        let record = try await database.read { try TownStore($0).find(town) }
        return call.page(
            HomePage(
                call, tree: try await tree(call), phone: record?.dutyPhone,
                counts: try await matters.counts(town, nil, call.language),
                recent: try await matters.recent(town, call.language)))
    }

    private func villages(_ call: Call) async throws -> Answer { call.page(VillagesPage(call, tree: try await tree(call))) }

    private func place(_ call: Call) async throws -> Answer {
        let card = try await ReadGridCard(database: database, cache: cache)(
            try call.id("grid"), in: .town, town: call.town, on: today)
        let names = try await names(of: card.grid, card.tree, call)
        return call.page(PlacePage(call, card: card, names: names, offers: offers))
    }

    /// The names of everybody posted up for a grid: its own people and those of the grids above that stand in.
    private func names(of grid: Grid, _ tree: GridTree, _ call: Call) async throws -> [ID<PersonNode>: String] {
        let (town, people) = (call.town, Set(tree.path(grid.id).flatMap { tree.posts(on: $0.id) }.map(\.person)))
        return try await database.read { try PersonStore($0, town: town).names(of: people) }
    }

    /// The villages of the town, or with `?grid=` the grids of one village.
    func map(_ call: Call, isOffice: Bool) async throws -> Answer {
        let scope = isOffice ? try call.signedIn().scope(for: .directoryRead) : .town
        let tree = try await tree(call)
        let (layers, counts) = isOffice ? try await counted(call, tree) : ([], nil)
        guard let asked = call.query["grid"], !asked.isEmpty else {
            return call.page(MapPage(call, tree: tree, scope: scope, isOffice: isOffice, layers: layers, counts: counts))
        }
        guard let id = ID<GridNode>(asked), tree.isIn(scope, id), let village = tree.village(of: id) else { throw NotFound() }
        return call.page(
            MapPage(
                call, tree: tree, scope: scope, isOffice: isOffice, village: village, chosen: id, layers: layers, counts: counts))
    }

    /// The layers somebody may see, and what the chosen one counts: the first unless `?show=` says otherwise.
    private func counted(_ call: Call, _ tree: GridTree) async throws -> ([MapLayer], MapCounts?) {
        let principal = try call.signedIn()
        let layers = layers.filter { principal.may($0.permission) }
        let asked = call.query["show"]
        let layer = asked.map { name in layers.first { $0.kind.rawValue == name } } ?? layers.first
        guard let layer, let scope = principal.grants[layer.permission] else { return (layers, nil) }
        return (layers, MapCounts(layer, try await layer.counts(principal, scope), in: tree))
    }
}
