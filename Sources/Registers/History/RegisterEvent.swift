package import Kernel

/// One line of the registers' history, which is appended and never edited (design.md rule 5). It holds no personal data. 变更记录
package struct RegisterEvent: Sendable, Hashable {
    /// Any record of the registers.
    package enum Subject {}

    /// Given by whoever asked for the change, so that a retry writes once.
    package let id: ID<RegisterEvent>
    package let at: Instant
    package let account: ID<AccountNode>?
    /// The post it was done from, as it was called then.
    package let post: String?
    /// What was done, such as `person.edit`; the catalogue has its words as `registers.act.…`.
    package let act: String
    package let subject: ID<Subject>
    package let grid: ID<GridNode>?
    /// Names of what changed, ids and days; never names of people, numbers or words about them.
    package let detail: [String: String]
    /// What the request said, under a key.
    package let digest: String

    package init(
        id: ID<RegisterEvent>, at: Instant, account: ID<AccountNode>?, post: String?, act: String, subject: ID<Subject>,
        grid: ID<GridNode>?, detail: [String: String], digest: String
    ) {
        self.id = id
        self.at = at
        self.account = account
        self.post = post
        self.act = act
        self.subject = subject
        self.grid = grid
        self.detail = detail
        self.digest = digest
    }
}
