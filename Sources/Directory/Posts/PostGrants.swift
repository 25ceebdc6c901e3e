package import Kernel
package import Storage

/// Turns the posts a person holds today into permissions, each over the post's own subtree. A term that has ended gives nothing,
/// so access ends by itself (F46).
package struct PostGrants: Sendable {
    private let cache: DirectoryCache
    private let permissions: [PostKind: Set<Permission>]

    /// - Parameter permissions: what every kind of post allows, from all rooms together.
    package init(cache: DirectoryCache, permissions: [PostKind: Set<Permission>]) {
        self.cache = cache
        self.permissions = permissions
    }

    /// What several rooms give to each kind of post, together.
    package static func merged(_ rooms: [[PostKind: Set<Permission>]]) -> [PostKind: Set<Permission>] {
        rooms.reduce(into: [:]) { all, room in all.merge(room) { $0.union($1) } }
    }

    /// - Returns: the grants, and the names of the posts that gave them for the history; empty without a post.
    package func callAsFunction(
        _ tx: any Transaction, town: ID<Town>, person: ID<PersonNode>, day: Day
    ) throws -> (grants: [Permission: Scope], post: String) {
        let tree = try cache.tree(tx, town: town, day: day)
        let posts = tree.posts(of: person)
        var grants: [Permission: Scope] = [:]
        for post in posts {
            let scope: Scope = post.grid.map { .grids([$0]) } ?? .town
            for permission in permissions[post.kind, default: []] {
                grants[permission] = grants[permission, default: .nothing].union(scope)
            }
        }
        // A colleague's grid, on the days one stands in for them and while the post is theirs.
        let covered = try StandInStore(tx, town: town).held(by: person, on: day).compactMap { standIn in
            tree.posts.first { $0.id == standIn.post }
        }
        for post in covered {
            guard let grid = post.grid else { continue }
            for permission in permissions[post.kind, default: []] {
                grants[permission] = grants[permission, default: .nothing].union(.grids([grid]))
            }
        }
        let titles = (posts + covered.filter { !posts.contains($0) }).map { PostTitle.of($0, in: tree) }
        return (grants, titles.joined(separator: "、"))
    }
}
