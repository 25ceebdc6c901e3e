import Directory
import Kernel
import Storage

/// What has happened since somebody looked, for a page that stays open. Asked again and again by every open page, so each answer that
/// nothing has costs one look at an index.
struct ReadProgress: Sendable {
    let desk: MatterDesk

    /// How far a matter has come.
    /// - Throws: ``NotFound`` out of the reader's scope.
    func matter(_ id: ID<Matter>, for principal: Principal) async throws -> MatterProgress {
        try await desk.database.read { tx in
            guard let matter = try MatterStore(tx, town: principal.town).find(id, for: principal) else { throw NotFound() }
            return try LiveStore(tx, town: principal.town).progress(of: matter)
        }
    }

    /// What happened in the list since `since`: how many matters within reach are new, and how many moved on.
    /// - Throws: ``Forbidden`` without `matter.read`.
    func list(since: Instant, for principal: Principal) async throws -> ListNews {
        let scope = try principal.scope(for: .readMatter)
        return try await desk.database.read { tx in
            let store = LiveStore(tx, town: principal.town)
            // Within the whole town first: mostly nothing has happened at all.
            guard let last = try store.lastChange(), last > since else { return ListNews(new: 0, moved: 0, at: since) }
            let reach = MatterReach(scope, try desk.tree(tx, principal.town))
            return try store.news(since: since, until: last, in: reach, hiding: RestrictedReach(principal))
        }
    }
}

/// How many matters of a list are new and how many moved on, and the time that was looked up to.
struct ListNews: Sendable, Hashable {
    let new: Int
    let moved: Int
    let at: Instant
}
