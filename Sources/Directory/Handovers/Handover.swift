package import Kernel

/// That somebody's posts went to somebody else, with the work, the keys and what has to be said (domain.md F11). 交接
///
/// It is written once and never changed: the pack that both sign is made from it.
package struct Handover: Sendable, Hashable {
    /// Somebody with the name they had then.
    package struct Party: Sendable, Hashable {
        package let id: ID<PersonNode>
        package let name: String

        package init(_ id: ID<PersonNode>, _ name: String) {
            self.id = id
            self.name = name
        }
    }

    /// One post that changed hands.
    package struct Change: Sendable, Hashable {
        package let post: ID<Post>
        package let kind: PostKind
        package let grid: ID<GridNode>
        /// The successor's post.
        package let next: ID<Post>
        /// What the post was called then, such as 网格员 · 安平社区 第三网格.
        package let title: String

        package init(post: ID<Post>, kind: PostKind, grid: ID<GridNode>, next: ID<Post>, title: String) {
            self.post = post
            self.kind = kind
            self.grid = grid
            self.next = next
            self.title = title
        }
    }

    package let id: ID<Handover>
    /// The grid of the first of the posts; who reaches it may read the pack.
    package let grid: ID<GridNode>
    package let from: Party
    package let to: Party
    /// The first day of the successor; the one before is the last of whoever leaves.
    package let day: Day
    package let at: Instant
    /// Who arranged it and from which post, as they were called then.
    package let byName: String
    package let byPost: String
    package let note: String
    package let changes: [Change]

    package init(
        id: ID<Handover>, grid: ID<GridNode>, from: Party, to: Party, day: Day, at: Instant, byName: String, byPost: String,
        note: String, changes: [Change]
    ) {
        self.id = id
        self.grid = grid
        self.from = from
        self.to = to
        self.day = day
        self.at = at
        self.byName = byName
        self.byPost = byPost
        self.note = note
        self.changes = changes
    }
}

/// One line of what was handed over: something written down for the occasion, or a record of a room as it stood then.
package struct HandoverLine: Sendable, Hashable {
    /// Any record of any room.
    package enum Subject {}

    /// Kinds of what somebody wrote down; every other kind is a room's own, such as `matters.open`.
    package enum Written: String, Sendable, Hashable, CaseIterable {
        /// 钥匙.
        case key
        /// 纸质台账、资料.
        case paper
        /// 要当面交代的情况.
        case remark
    }

    package let kind: String
    package let subject: ID<Subject>?
    package let words: String
    package let number: Int?
    package let due: Instant?

    package init(_ kind: String, subject: ID<Subject>? = nil, words: String = "", number: Int? = nil, due: Instant? = nil) {
        self.kind = kind
        self.subject = subject
        self.words = words
        self.number = number
        self.due = due
    }

    package init(_ written: Written, _ words: String) { self.init(written.rawValue, words: words) }
}
