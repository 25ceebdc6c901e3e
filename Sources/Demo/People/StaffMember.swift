import Directory
import Kernel

/// Somebody in the service of the grids: a person with an account and the posts they hold or held.
struct StaffMember: Sendable {
    let person: Person
    let phone: String
    let account: ID<AccountNode>
    /// Made up from their post, or one of the demo's stable ones.
    var login: String
    var posts: [Post]

    /// Whether all their posts have ended.
    func hasLeft(on day: Day) -> Bool { posts.allSatisfy { post in post.to.map { $0 < day } ?? false } }
}
