package import Kernel

/// What makes a handover legal, and what becomes of the successor's own post (domain.md F11). Pure.
package enum HandoverRules {
    /// How far ahead a handover may be written down, in days.
    package static let furthestDays = 60
    /// Keys, books and remarks together.
    package static let mostItems = 100
    package static let itemLimit = 200
    package static let noteLimit = 1000

    /// - Parameter posts: those that change hands.
    package static func faults(in order: HandoverOrder, posts: [Post], today: Day) -> [Fault] {
        var validation = Validation()
        validation.check(!posts.isEmpty, at: "/posts", "required")
        validation.check(Set(posts.map(\.person)).count < 2, at: "/posts", "handover-several-people")
        validation.check(posts.allSatisfy { $0.grid != nil }, at: "/posts", "handover-no-grid")
        validation.check(!posts.contains { $0.person == order.successor }, at: "/successor", "handover-to-self")
        let last = order.day.adding(days: -1)
        validation.check(posts.allSatisfy { $0.from <= last }, at: "/day", "handover-before-start")
        validation.check(
            order.day.ordinal - today.ordinal <= furthestDays, at: "/day", "handover-too-far", ["days": String(furthestDays)])
        _ = validation.text(order.note, at: "/note", limit: noteLimit, required: false)
        for (kind, pointer) in [(HandoverLine.Written.key, "/keys"), (.paper, "/papers"), (.remark, "/remarks")] {
            let items = order.items.filter { $0.kind == kind }
            let isShort = items.allSatisfy { $0.words.count <= itemLimit }
            validation.check(isShort, at: pointer, "handover-item-too-long", ["limit": String(itemLimit)])
            validation.check(items.count <= mostItems, at: pointer, "handover-too-many-items", ["limit": String(mostItems)])
        }
        return validation.faults
    }

    /// Whether the post goes on after `last` and must be ended. One that is over already is handed over as it is.
    package static func mustEnd(_ post: Post, on last: Day) -> Bool { post.to.map { $0 > last } ?? true }

    /// How the successor comes to hold what `post` was.
    package enum Step: Sendable, Hashable {
        /// Is appointed for this term.
        case appoint(Term)
        /// Holds it already, for long enough.
        case keep(ID<Post>)
        /// Holds it already, but not for as long; nil goes on without an end.
        case extend(ID<Post>, to: Day?)
    }

    /// - Parameter others: every post on the grid or of the successor.
    package static func step(after post: Post, to successor: ID<PersonNode>, on day: Day, beside others: [Post]) -> Step {
        // What is left of the term; a post that is over is taken up without an end.
        let end = post.to.flatMap { $0 >= day ? $0 : nil }
        let own = others.first {
            $0.id != post.id && $0.person == successor && $0.kind == post.kind && $0.grid == post.grid && $0.term.contains(day)
        }
        guard let own else { return .appoint(Term(from: day, to: end)) }
        guard let until = own.to, end.map({ $0 > until }) ?? true else { return .keep(own.id) }
        return .extend(own.id, to: end)
    }
}
