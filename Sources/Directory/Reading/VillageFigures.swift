import Kernel

/// One village of the office's start page, in figures. They stand in the order of the tree: nobody is ranked (domain.md §2.0).
struct VillageFigures: Sendable {
    let village: Grid
    let level2: Int
    let level3: Int
    /// People, not posts.
    let workers: Int
    let matters: MattersWindow.Counts.Village?

    /// The villages that `scope` reaches.
    static func all(_ tree: GridTree, in scope: Scope, _ counts: MattersWindow.Counts) -> [VillageFigures] {
        tree.all(in: scope).filter { $0.level == .one }.map { village in
            let below = tree.descendants(of: village.id)
            let levels = Dictionary(grouping: below, by: \.level).mapValues(\.count)
            return VillageFigures(
                village: village, level2: levels[.two, default: 0], level3: levels[.three, default: 0],
                workers: Set(([village] + below).flatMap { tree.posts(on: $0.id, .gridWorker) }.map(\.person)).count,
                matters: counts.villages[village.id])
        }
    }
}
