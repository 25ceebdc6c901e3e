import Kernel
import Storage

/// Everything the card of one grid shows.
struct GridCard: Sendable {
    let grid: Grid
    let tree: GridTree
    /// The names of whoever holds a post on the grid or right below it.
    let names: [ID<PersonNode>: String]
    let station: Station?
    /// On level 1 only.
    let profile: VillageProfile?
    let naturalVillages: [NaturalVillage]
    let figures: [ReportedFigure]
    /// What is in force here: the town's documents, those of the grids above and its own.
    let documents: [MechanismDocument]
    let history: [DirectoryEvent]
    /// How often each act has been done to the grid, for the forms that change it.
    let sightings: [String: Sighting]
}

/// Reads the card of one grid in one snapshot, a handful of statements however large the town is.
struct ReadGridCard: Sendable {
    let database: any Database
    let cache: DirectoryCache

    /// - Parameter scope: how far the reader reaches.
    /// - Throws: ``NotFound`` out of scope, or for a grid that does not stand on `day`.
    func callAsFunction(_ id: ID<GridNode>, in scope: Scope, town: ID<Town>, on day: Day) async throws -> GridCard {
        try await database.read { tx in
            let tree = try cache.tree(tx, town: town, day: day)
            // The tree is read by the whole town; the scope is asked in SQL, like everywhere.
            guard try GridStore(tx, town: town).find(id, in: scope) != nil, let grid = tree.grid(id) else { throw NotFound() }
            let near = [grid] + tree.children(of: id)
            let people = Set(near.flatMap { tree.posts(on: $0.id) }.map(\.person))
            let villages = VillageStore(tx, town: town)
            return GridCard(
                grid: grid, tree: tree, names: try PersonStore(tx, town: town).names(of: people),
                station: try StationStore(tx, town: town).station(of: id),
                profile: grid.level == .one ? try villages.profile(of: id) : nil,
                naturalVillages: try villages.naturalVillages(of: id), figures: try villages.figures(of: id),
                documents: try DocumentStore(tx, town: town).inForce(on: day, for: tree.path(id).map(\.id)),
                history: try DirectoryEventStore(tx, town: town).latest(10, on: id),
                sightings: try DirectoryEventStore(tx, town: town).sightings(on: id))
        }
    }
}
