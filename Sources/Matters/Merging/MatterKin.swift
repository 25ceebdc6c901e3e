import Directory
import Kernel
import Storage

/// Who else and what else belongs to a matter, and what the reader may do about it.
struct MatterKin: Sendable {
    /// Who joined in with it or with what is part of it.
    let joinings: [Joining]
    /// How many people told of it, in one way or the other.
    let reporters: Int
    /// What it is part of, where the reader may see that.
    let whole: Relative?
    /// What is part of it, as far as the reader may see.
    let parts: [Relative]
    /// Open ones nearby that it may be part of.
    let near: [NearMatter]
    let mayMerge: Bool
    let maySplit: Bool

    /// - Parameter family: the matter and what is part of it.
    init(
        _ matter: Matter, _ family: [ID<Matter>], reporters: Int, _ tree: GridTree, for principal: Principal, _ desk: MatterDesk,
        _ tx: any Transaction
    ) throws {
        let (merges, matters) = (MergeStore(tx, town: tree.town), MatterStore(tx, town: tree.town))
        func relative(_ id: ID<Matter>, _ merge: Merge) throws -> Relative? {
            try matters.find(id, for: principal).map { Relative(matter: $0, since: merge.at) }
        }
        joinings = try JoiningStore(tx, town: tree.town).joinings(of: family)
        self.reporters = reporters
        whole = try matter.stage == .merged ? merges.current(of: matter.id).flatMap { try relative($0.target, $0) } : nil
        parts = try merges.parts(of: [matter.id]).compactMap { try relative($0.source, $0) }
        let isAbove = principal.grants[.routeMatter].map { $0.covers(tree.holderPath(matter.holder)) } ?? false
        mayMerge = isAbove && matter.stage.isOpen
        maySplit = isAbove && matter.stage == .merged
        let category = try mayMerge ? desk.taxonomy(tx, tree.town)[matter.category] : nil
        near =
            try category.map {
                try FindNear(desk).near($0, matter.place, principal, matter.id, tree, tx).filter {
                    $0.mayJoin && $0.inside != nil
                }
            } ?? []
    }
}
