package import Kernel

/// One line of the directory's history, which is appended and never edited (design.md rule 5). 变更记录
package struct DirectoryEvent: Sendable, Hashable {
    /// Given by whoever asked for the change, so that a retry writes once.
    package let id: ID<DirectoryEvent>
    package let at: Instant
    package let account: ID<AccountNode>?
    /// The post it was done from, as it was called then.
    package let post: String?
    /// What was done, such as `post.appoint`; the catalogue has its words as `directory.act.…`.
    package let act: String
    /// The record that was changed.
    package let subject: ID<DirectoryEvent.Subject>
    /// The grid it concerns; nil for the town itself.
    package let grid: ID<GridNode>?
    /// What became of it, by name.
    package let detail: [String: String]

    package init(
        id: ID<DirectoryEvent>, at: Instant, account: ID<AccountNode>?, post: String?, act: String,
        subject: ID<DirectoryEvent.Subject>,
        grid: ID<GridNode>?, detail: [String: String]
    ) {
        self.id = id
        self.at = at
        self.account = account
        self.post = post
        self.act = act
        self.subject = subject
        self.grid = grid
        self.detail = detail
    }

    /// Any record of the directory.
    package enum Subject {}
}
