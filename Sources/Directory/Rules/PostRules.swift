package import Kernel

/// Who may hold which post where, and since when (domain.md F03–F08). Pure.
package enum PostRules {
    /// A town leader answers for one village or two (F05).
    package static let villagesOfALead = 2

    /// The levels a kind of post may sit on; none for the town office, which has no grid.
    package static func levels(for kind: PostKind) -> Set<GridLevel> {
        switch kind {
        case .townOffice: []
        case .townLead, .townDeputy, .gridChief: [.one]
        case .instructor: [.two]
        case .gridWorker: [.one, .two, .three]
        }
    }

    /// Whether a grid has at most one holder of the post at a time.
    package static func isSingle(_ kind: PostKind) -> Bool { kind != .gridWorker && kind != .townOffice }

    /// Whether only somebody who answers for the whole town appoints to it: every post but the grid worker's.
    package static func needsTheTown(_ kind: PostKind) -> Bool { kind != .gridWorker }

    /// Everything that speaks against `post`.
    /// - Parameters:
    ///   - grid: the grid it names; nil when it names none.
    ///   - others: the posts ever held on that grid or by that person, in any order; `post` itself is ignored among them.
    package static func faults(in post: Post, on grid: Grid?, beside others: [Post]) -> [Fault] {
        var validation = Validation()
        validation.check(!post.term.isReversed, at: "/to", "dates-reversed")
        validation.check(post.employment == nil || post.kind == .gridWorker, at: "/employment", "employment-of-workers-only")
        if let grid {
            validation.check(
                levels(for: post.kind).contains(grid.level), at: "/kind", "post-level", ["level": String(grid.level.rawValue)])
            let stands = grid.isValid(on: post.from) && (post.to ?? grid.validTo).map(grid.isValid) ?? true
            validation.check(stands, at: "/from", "grid-not-standing")
        } else {
            validation.check(post.kind == .townOffice, at: "/grid", "required")
        }
        guard !post.term.isReversed else { return validation.faults }
        let meanwhile = others.filter { $0.id != post.id && $0.term.overlaps(post.term) }
        let here = meanwhile.filter { $0.grid == post.grid }
        let own = here.filter { $0.person == post.person }
        validation.check(!own.contains { $0.kind == post.kind }, at: "/person", "post-already-held")
        let holders = here.filter { $0.kind == post.kind && $0.person != post.person }
        validation.check(!isSingle(post.kind) || holders.isEmpty, at: "/grid", "post-taken")
        if let rival = opposite(of: post.kind) {
            validation.check(!own.contains { $0.kind == rival }, at: "/person", "lead-is-chief")
        }
        if post.kind == .townLead {
            let led = mostVillages(
                ledIn: [post] + meanwhile.filter { $0.kind == .townLead && $0.person == post.person }, during: post.term)
            validation.check(led <= villagesOfALead, at: "/grid", "third-village", ["limit": String(villagesOfALead)])
        }
        return validation.faults
    }

    /// What speaks against ending `post` on `day`, its last one.
    /// - Parameter others: the posts of the town office, when it is one of them: somebody must be left who can appoint.
    package static func faults(ending post: Post, on day: Day, beside others: [Post] = []) -> [Fault] {
        var validation = Validation()
        let isLast = !others.contains { $0.id != post.id && $0.kind == .townOffice && $0.term.contains(day.adding(days: 1)) }
        validation.check(post.kind != .townOffice || !isLast, at: "/to", "last-officer")
        validation.check(day >= post.from, at: "/to", "dates-reversed")
        validation.check(post.to.map { day <= $0 } ?? true, at: "/to", "ended-already")
        return validation.faults
    }

    /// The town's leader and the village's secretary are two people (F08).
    private static func opposite(of kind: PostKind) -> PostKind? {
        switch kind {
        case .townLead: .gridChief
        case .gridChief: .townLead
        default: nil
        }
    }

    /// The greatest number of different villages on any one day of `term`; it is reached on a day when one of the posts begins.
    static func mostVillages(ledIn posts: [Post], during term: Term) -> Int {
        let beginnings = posts.map { max($0.from, term.from) }.filter(term.contains)
        return beginnings.map { day in Set(posts.filter { $0.term.contains(day) }.compactMap(\.grid)).count }.max() ?? 0
    }
}
