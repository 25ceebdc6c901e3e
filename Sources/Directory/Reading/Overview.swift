package import Kernel

/// The town's public figures, every one counted from records (F02–F04). The JSON of `GET /api/v1/overview`.
///
/// Workers and cadres are people: whoever works in two grids of a level counts once there, and once in the total. The two are never
/// added up, since a cadre may be a worker too (domain.md §1.7).
package struct Overview: Sendable, Hashable, Encodable {
    package struct Grids: Sendable, Hashable, Encodable {
        package let level1: Int
        package let level2: Int
        package let level3: Int
    }
    package struct Workers: Sendable, Hashable, Encodable {
        package let total: Int
        package let level1: Int
        package let level2: Int
        package let level3: Int
    }
    package struct Cadres: Sendable, Hashable, Encodable {
        package let total: Int
        package let townLeads: Int
        package let townDeputies: Int
        package let instructors: Int
    }
    package struct Village: Sendable, Hashable, Encodable {
        package let code: String
        package let name: String
        package let level2: Int
        package let level3: Int
    }
    package let grids: Grids
    package let workers: Workers
    package let cadres: Cadres
    package let villages: [Village]

    /// The figures of the part of the town that `scope` reaches.
    package init(of tree: GridTree, in scope: Scope = .town) {
        let reached = tree.all(in: scope)
        let ids = Set(reached.map(\.id))
        let posts = tree.posts.filter { $0.grid.map(ids.contains) ?? false }
        let byLevel = Dictionary(grouping: reached, by: \.level).mapValues(\.count)
        grids = Grids(level1: byLevel[.one, default: 0], level2: byLevel[.two, default: 0], level3: byLevel[.three, default: 0])
        func people(_ posts: [Post]) -> Int { Set(posts.map(\.person)).count }
        let work = posts.filter { $0.kind == .gridWorker }
        let workByLevel = Dictionary(grouping: work) { post in post.grid.flatMap(tree.grid)?.level }.mapValues(people)
        workers = Workers(
            total: people(work), level1: workByLevel[.one, default: 0], level2: workByLevel[.two, default: 0],
            level3: workByLevel[.three, default: 0])
        let sent = posts.filter(\.kind.isCadre)
        let byKind = Dictionary(grouping: sent, by: \.kind).mapValues(people)
        cadres = Cadres(
            total: people(sent), townLeads: byKind[.townLead, default: 0], townDeputies: byKind[.townDeputy, default: 0],
            instructors: byKind[.instructor, default: 0])
        villages = reached.filter { $0.level == .one }.map { village in
            let below = Dictionary(grouping: tree.descendants(of: village.id), by: \.level).mapValues(\.count)
            return Village(
                code: village.code, name: village.nameZh, level2: below[.two, default: 0], level3: below[.three, default: 0])
        }
    }
}
