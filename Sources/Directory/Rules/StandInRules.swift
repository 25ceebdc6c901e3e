package import Kernel

/// Who may look after a colleague's grid, and for how long.
package enum StandInRules {
    package static let longestDays = 60

    /// - Parameters:
    ///   - others: the stand-ins for the same post.
    ///   - village: the level-1 grid of the post; nil when its grid does not stand.
    ///   - own: the grid workers' posts of whoever stands in, as villages.
    package static func faults(
        of standIn: StandIn, for post: Post, beside others: [StandIn], village: ID<GridNode>?, own: [ID<GridNode>], today: Day
    ) -> [Fault] {
        var validation = Validation()
        validation.check(post.kind == .gridWorker && post.grid != nil, at: "/post", "not-a-choice")
        validation.check(standIn.person != post.person, at: "/person", "stands-in-for-self")
        // 连片: somebody who works in the same village already knows it.
        validation.check(village.map(own.contains) ?? false, at: "/person", "not-a-neighbour")
        validation.check(standIn.to >= standIn.from, at: "/to", "dates-reversed")
        validation.check(standIn.to >= today, at: "/to", "in-the-past")
        validation.check(
            standIn.to.ordinal - standIn.from.ordinal < longestDays, at: "/to", "stand-in-too-long", ["days": String(longestDays)]
        )
        validation.check(post.term.contains(standIn.from), at: "/from", "outside-term")
        validation.check(
            !others.contains { $0.id != standIn.id && $0.term.overlaps(standIn.term) }, at: "/from", "stand-in-taken")
        return validation.faults
    }
}
