package import Kernel

/// When households may go from one grid into another, and when a grid may be dissolved into another. Pure.
package enum RegridRules {
    /// - Parameters:
    ///   - source: the grid that gives households away.
    ///   - target: the grid that takes them; nil when it is opened for it.
    ///   - villages: the level-1 grids of both.
    ///   - latestMove: the latest day on which one of the households moved before.
    package static func faults(
        moving source: Grid, to target: Grid?, villages: (source: ID<GridNode>?, target: ID<GridNode>?), on day: Day, today: Day,
        latestMove: Day? = nil
    ) -> [Fault] {
        var validation = Validation()
        validation.check(source.level != .one, at: "/source", "regrid-village")
        validation.check(source.validTo == nil, at: "/source", "grid-closed")
        // Where a household lies now is one thing: a move to come would have to be remembered until it comes.
        validation.check(day <= today, at: "/day", "in-the-future")
        validation.check(day > source.validFrom, at: "/day", "regrid-before-grid")
        validation.check(latestMove.map { $0 <= day } ?? true, at: "/day", "regrid-moved-later")
        if let target {
            validation.check(target.id != source.id, at: "/target", "regrid-same-grid")
            validation.check(target.level != .one, at: "/target", "regrid-village")
            validation.check(target.validTo == nil, at: "/target", "grid-closed")
            validation.check(day >= target.validFrom, at: "/day", "regrid-before-grid")
            // Points, their rules and decisions are the village's own.
            validation.check(villages.source == villages.target, at: "/target", "regrid-other-village")
        }
        return validation.faults
    }

    /// What speaks besides against dissolving `source`.
    /// - Parameters:
    ///   - children: the grids below it that stand.
    ///   - posts: everybody in post there after the last day.
    package static func faults(dissolving source: Grid, children: [Grid], posts: [Post], last: Day) -> [Fault] {
        var validation = Validation()
        validation.check(children.isEmpty, at: "/source", "regrid-has-children")
        validation.check(posts.allSatisfy { $0.from <= last }, at: "/day", "posts-begin-later")
        return validation.faults
    }

    /// Whether somebody goes on with the same post in the grid that takes the other one in.
    /// - Parameter others: every post on that grid or of that person.
    package static func goesAlong(_ post: Post, to target: Grid, on day: Day, beside others: [Post]) -> Bool {
        guard PostRules.levels(for: post.kind).contains(target.level) else { return false }
        let there = others.filter { $0.grid == target.id && $0.kind == post.kind && ($0.to.map { $0 >= day } ?? true) }
        return !there.contains { $0.person == post.person } && (!PostRules.isSingle(post.kind) || there.isEmpty)
    }
}
