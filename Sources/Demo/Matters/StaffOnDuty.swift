import Directory
import Kernel
import Matters

/// Who held which post when, as the history of matters names them.
struct StaffOnDuty: Sendable {
    struct Duty: Sendable {
        let actor: MatterEvent.Actor
        let kind: PostKind
        let term: Term
    }

    private let duties: [ID<GridNode>?: [Duty]]
    private let byLogin: [String: MatterEvent.Actor]

    init(_ members: [StaffMember], in tree: GridTree) {
        var duties: [ID<GridNode>?: [Duty]] = [:]
        var byLogin: [String: MatterEvent.Actor] = [:]
        for member in members {
            // Somebody with several posts is called by all of them.
            let posts = member.posts.map { PostTitle.of($0, in: tree) }.joined(separator: "、")
            let actor = MatterEvent.Actor(account: member.account, name: member.person.name, post: posts)
            byLogin[member.login] = actor
            for post in member.posts {
                duties[post.grid, default: []].append(Duty(actor: actor, kind: post.kind, term: post.term))
            }
        }
        self.duties = duties
        self.byLogin = byLogin
    }

    func actor(_ login: String) -> MatterEvent.Actor? { byLogin[login] }

    /// Somebody who may check, handle and route what `holder` has in hand.
    func handler(of holder: Holder, on day: Day, _ chance: inout Chance) -> MatterEvent.Actor? {
        let kinds: Set<PostKind> =
            holder.level == 0 ? [.townOffice] : holder.level == 1 ? [.gridChief, .gridWorker] : [.gridWorker]
        return pick(duties[holder.grid, default: []].filter { kinds.contains($0.kind) && $0.term.contains(day) }, &chance)
    }

    /// Somebody whose grids contain the place and who had no hand in it.
    func follower(on path: [Rung], on day: Day, except handlers: Set<ID<AccountNode>>, _ chance: inout Chance) -> MatterEvent
        .Actor?
    {
        let kinds: Set<PostKind> = [.gridChief, .gridWorker, .instructor]
        let possible = path.flatMap { duties[$0.grid, default: []] }.filter { duty in
            kinds.contains(duty.kind) && duty.term.contains(day) && !handlers.contains(duty.actor.account)
        }
        return pick(possible, &chance)
    }

    private func pick(_ duties: [Duty], _ chance: inout Chance) -> MatterEvent.Actor? {
        duties.isEmpty ? nil : chance.pick(duties).actor
    }
}
