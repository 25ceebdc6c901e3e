/// The tenant: one town 镇 or subdistrict 街道.
package enum Town {}

/// One node of the three-level grid tree 网格; the record itself is `Directory.Grid`.
package enum GridNode {}

/// Somebody who can sign in.
package enum AccountNode {}

/// Somebody known to the town.
package enum PersonNode {}

/// A thing a post or an account role allows, such as `matter.handle`. Each room declares its own.
package struct Permission: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let name: String
    package init(_ name: String) { self.name = name }
    package var description: String { name }
    package static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}

/// The part of the town a permission reaches: the whole town, or the subtrees under some grids (design.md rule 6).
package enum Scope: Hashable, Sendable {
    case town
    case grids(Set<ID<GridNode>>)

    package static let nothing = Scope.grids([])

    package func union(_ other: Scope) -> Scope {
        switch (self, other) {
        case (.grids(let left), .grids(let right)): .grids(left.union(right))
        default: .town
        }
    }

    /// Whether a grid with these ancestors (itself included) lies inside.
    package func covers(_ path: some Sequence<ID<GridNode>>) -> Bool {
        switch self {
        case .town: true
        case .grids(let roots): path.contains(where: roots.contains)
        }
    }
}

/// Who is asking: an account of one town and, for every permission it has, how far that reaches.
package struct Principal: Hashable, Sendable {
    package let town: ID<Town>
    package let account: ID<AccountNode>
    package let person: ID<PersonNode>?
    package let name: String
    package let grants: [Permission: Scope]
    /// Names of the posts that gave the grants, for the history: "grid worker · 安平 03".
    package let post: String

    package init(
        town: ID<Town>, account: ID<AccountNode>, person: ID<PersonNode>?, name: String, grants: [Permission: Scope], post: String
    ) {
        self.town = town
        self.account = account
        self.person = person
        self.name = name
        self.grants = grants
        self.post = post
    }

    package func may(_ permission: Permission) -> Bool { grants[permission] != nil }

    /// How far `permission` reaches; throws ``Forbidden`` when there is no such grant.
    package func scope(for permission: Permission) throws(Forbidden) -> Scope {
        guard let scope = grants[permission] else { throw Forbidden() }
        return scope
    }
}
