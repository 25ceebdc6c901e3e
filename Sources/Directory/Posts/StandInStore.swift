package import Kernel
package import Storage

/// Every statement about who stands in for whom.
package struct StandInStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ standIn: StandIn) throws {
        try tx.execute(
            """
            INSERT INTO stand_in (town_id, id, post_id, person_id, reason, valid_from, valid_to)
            VALUES (\(town), \(standIn.id), \(standIn.post), \(standIn.person), \(standIn.reason), \(standIn.from), \(standIn.to))
            """)
    }

    /// Ends it early; a day before the first makes it never have been.
    package func end(_ standIn: ID<StandIn>, on day: Day) throws {
        try tx.execute(
            """
            UPDATE stand_in SET valid_to = CASE WHEN valid_from > \(day) THEN valid_from ELSE \(day) END, is_ended = 1
            WHERE town_id = \(town) AND id = \(standIn)
            """)
    }

    /// Makes `day` its last, also one to come; a stand-in that begins later never is.
    func shorten(_ standIn: ID<StandIn>, to day: Day) throws {
        try tx.execute(
            """
            UPDATE stand_in SET is_ended = CASE WHEN valid_from > \(day) THEN 1 ELSE is_ended END,
                valid_to = CASE WHEN valid_from > \(day) THEN valid_to ELSE \(day) END
            WHERE town_id = \(town) AND id = \(standIn)
            """)
    }

    /// Whom this person stands in for on some day after `day`.
    func held(by person: ID<PersonNode>, after day: Day) throws -> [StandIn] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM stand_in s
            WHERE s.town_id = \(town) AND s.person_id = \(person) AND s.valid_to > \(day) AND s.is_ended = 0 ORDER BY s.id
            """
        ).map(Self.standIn)
    }

    /// Whom this person stands in for on `day`.
    package func held(by person: ID<PersonNode>, on day: Day) throws -> [StandIn] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM stand_in s
            WHERE s.town_id = \(town) AND s.person_id = \(person) AND s.valid_from <= \(day) AND s.valid_to >= \(day) AND s.is_ended = 0
            ORDER BY s.id
            """
        ).map(Self.standIn)
    }

    /// Those of posts in `scope` that have not ended before `day`, the next one first.
    package func coming(in scope: Scope, on day: Day) throws -> [StandIn] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM stand_in s JOIN post p ON p.town_id = s.town_id AND p.id = s.post_id
            WHERE s.town_id = \(town) AND s.valid_to >= \(day) AND s.is_ended = 0
                AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            ORDER BY s.valid_from, s.id
            """
        ).map(Self.standIn)
    }

    package func find(_ id: ID<StandIn>, in scope: Scope) throws -> StandIn? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM stand_in s JOIN post p ON p.town_id = s.town_id AND p.id = s.post_id
            WHERE s.town_id = \(town) AND s.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "p.grid_id"))
            """
        ).map(Self.standIn)
    }

    /// Every one for this post that was not ended early.
    package func all(for post: ID<Post>) throws -> [StandIn] {
        try tx.query(
            "SELECT \(Self.columns) FROM stand_in s WHERE s.town_id = \(town) AND s.post_id = \(post) AND s.is_ended = 0 ORDER BY s.valid_from, s.id"
        ).map(Self.standIn)
    }

    private static let columns: SQL = "s.id, s.post_id, s.person_id, s.reason, s.valid_from, s.valid_to"

    private static func standIn(_ row: Row) throws -> StandIn {
        StandIn(
            id: try row.get("id"), post: try row.get("post_id"), person: try row.get("person_id"), reason: try row.get("reason"),
            from: try row.get("valid_from"), to: try row.get("valid_to"))
    }
}
