package import Kernel
package import Storage

/// Every statement about posts.
package struct PostStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The posts held on `day`.
    package func held(on day: Day) throws -> [Post] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM post p WHERE p.town_id = \(town) AND p.valid_from <= \(day) AND (p.valid_to IS NULL OR p.valid_to >= \(day))
            ORDER BY p.id
            """
        ).map(Post.init(row:))
    }

    /// The post within `scope`; nil outside.
    package func find(_ id: ID<Post>, in scope: Scope) throws -> Post? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM post p
            WHERE p.town_id = \(town) AND p.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            """
        ).map(Post.init(row:))
    }

    /// Everybody who ever held a post on exactly this grid, the latest first.
    package func ever(on grid: ID<GridNode>) throws -> [Post] {
        try tx.query(
            "SELECT \(Self.columns) FROM post p WHERE p.town_id = \(town) AND p.grid_id = \(grid) ORDER BY p.valid_from DESC, p.id"
        ).map(Post.init(row:))
    }

    /// Every post the person ever held, the latest first.
    package func ever(of person: ID<PersonNode>) throws -> [Post] {
        try tx.query(
            "SELECT \(Self.columns) FROM post p WHERE p.town_id = \(town) AND p.person_id = \(person) ORDER BY p.valid_from DESC, p.id"
        ).map(Post.init(row:))
    }

    /// Every post ever held on this grid or by this person: what ``PostRules`` judges a new one beside.
    func ever(on grid: ID<GridNode>?, orOf person: ID<PersonNode>) throws -> [Post] {
        let place: SQL = if let grid { "p.grid_id = \(grid)" } else { "1 = 0" }
        return try tx.query(
            "SELECT \(Self.columns) FROM post p WHERE p.town_id = \(town) AND (\(place) OR p.person_id = \(person)) ORDER BY p.valid_from, p.id"
        ).map(Post.init(row:))
    }

    /// Every post ever held on the grid or below it.
    func ever(under grid: ID<GridNode>) throws -> [Post] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM grid_closure c JOIN post p ON p.town_id = c.town_id AND p.grid_id = c.descendant_id
            WHERE c.town_id = \(town) AND c.ancestor_id = \(grid) ORDER BY p.valid_from, p.id
            """
        ).map(Post.init(row:))
    }

    package func insert(_ post: Post) throws {
        try tx.execute(
            """
            INSERT INTO post (town_id, id, person_id, kind, grid_id, employment, valid_from, valid_to)
            VALUES (\(town), \(post.id), \(post.person), \(post.kind), \(post.grid), \(post.employment), \(post.from), \(post.to))
            """)
    }

    /// Sets the last day of a post.
    package func end(_ post: ID<Post>, on day: Day) throws {
        try tx.execute("UPDATE post SET valid_to = \(day) WHERE town_id = \(town) AND id = \(post)")
    }

    /// Gives a post a later last day; nil lets it go on.
    func extend(_ post: ID<Post>, to day: Day?) throws {
        try tx.execute("UPDATE post SET valid_to = \(day) WHERE town_id = \(town) AND id = \(post)")
    }

    func delete(_ post: ID<Post>) throws {
        try tx.execute("DELETE FROM post WHERE town_id = \(town) AND id = \(post)")
    }

    package static let columns: SQL = "p.id, p.person_id, p.kind, p.grid_id, p.employment, p.valid_from, p.valid_to"
}

extension Post {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), person: try row.get("person_id"), kind: try row.get("kind"), grid: try row.get("grid_id"),
            employment: try row.get("employment"), from: try row.get("valid_from"), to: try row.get("valid_to"))
    }
}
