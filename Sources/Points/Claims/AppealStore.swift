package import Directory
package import Kernel
package import Storage

/// Every statement about objections.
package struct AppealStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "a.id, a.village_id, a.household_id, a.subject, a.subject_id, a.words, a.account_id, a.post, a.at, a.stage, a.answer"

    /// - Returns: false when the id is taken or there is an objection to the same thing; nothing is written then.
    package func insert(_ appeal: Appeal) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_appeal (town_id, id, village_id, household_id, subject, subject_id, words, account_id, post, at, stage, answer)
            VALUES (\(town), \(appeal.id), \(appeal.village), \(appeal.household), \(appeal.subject), \(appeal.subjectID), \(appeal.words),
                \(appeal.account), \(appeal.post), \(appeal.at), \(appeal.stage), \(appeal.answer)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The objection, if its household's grid lies in `scope`.
    package func find(_ id: ID<Appeal>, in scope: Scope) throws -> Appeal? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_appeal a JOIN household h ON h.town_id = a.town_id AND h.id = a.household_id
            WHERE a.town_id = \(town) AND a.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            """
        ).map(Appeal.init(row:))
    }

    /// The objection to one thing, if there is one.
    package func appeal<Kind>(to subject: Appeal.Subject, _ id: ID<Kind>) throws -> Appeal? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_appeal a
            WHERE a.town_id = \(town) AND a.subject = \(subject) AND a.subject_id = \(ID<Appeal.Of>(id.uuid))
            """
        ).map(Appeal.init(row:))
    }

    /// Objections within `scope`: the open ones first, the oldest first.
    package func appeals(in scope: Scope, limit: Int) throws -> [Appeal] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_appeal a JOIN household h ON h.town_id = a.town_id AND h.id = a.household_id
            WHERE a.town_id = \(town) AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))
            ORDER BY CASE WHEN a.stage = \(Appeal.Stage.open) THEN 0 ELSE 1 END, a.at, a.id LIMIT \(limit)
            """
        ).map(Appeal.init(row:))
    }

    package func appeals(of household: ID<Household>) throws -> [Appeal] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_appeal a WHERE a.town_id = \(town) AND a.household_id = \(household)
            ORDER BY a.at DESC, a.id DESC LIMIT 20
            """
        ).map(Appeal.init(row:))
    }

    /// - Returns: false when it had been decided already.
    package func decide(
        _ id: ID<Appeal>, as stage: Appeal.Stage, answer: String, by principal: Principal, at: Instant
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_appeal SET stage = \(stage), answer = \(answer), decided_by = \(principal.account), decided_post = \(principal.post),
                decided_at = \(at)
            WHERE town_id = \(town) AND id = \(id) AND stage = \(Appeal.Stage.open)
            """) == 1
    }
}

extension Appeal {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), household: try row.get("household_id"),
            subject: try row.get("subject"), subjectID: try row.get("subject_id"), words: try row.get("words"),
            account: try row.get("account_id"), post: try row.get("post"), at: try row.get("at"), stage: try row.get("stage"),
            answer: try row.get("answer"))
    }
}
