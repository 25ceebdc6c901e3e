package import Directory
package import Kernel
package import Storage

/// Every statement about the notice board.
package struct ExposureStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        x.id, x.village_id, x.grid_id, x.household_id, x.words, x.is_minors, x.warned_on, x.due_on, x.warned_by, x.published_on, x.published_by,
        x.picture, x.end_kind, x.ended_on, x.version
        """

    // MARK: The villagers' decision

    package func policy(of village: ID<GridNode>) throws -> ExposurePolicy? {
        try tx.first(
            """
            SELECT p.decision, p.decided_on, p.days_to_put_right FROM points_exposure_policy p
            WHERE p.town_id = \(town) AND p.village_id = \(village)
            """
        ).map { row in
            ExposurePolicy(
                village: village, decision: try row.get("decision"), decidedOn: try row.get("decided_on"),
                daysToPutRight: try row.get("days_to_put_right"))
        }
    }

    package func set(_ policy: ExposurePolicy) throws {
        try tx.execute(
            """
            INSERT INTO points_exposure_policy (town_id, village_id, decision, decided_on, days_to_put_right)
            VALUES (\(town), \(policy.village), \(policy.decision), \(policy.decidedOn), \(policy.daysToPutRight))
            ON CONFLICT (town_id, village_id) DO UPDATE SET decision = excluded.decision, decided_on = excluded.decided_on,
                days_to_put_right = excluded.days_to_put_right
            """)
    }

    // MARK: Warnings and what is shown

    /// - Returns: false when the id is taken; nothing is written then.
    package func insert(_ exposure: Exposure) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_exposure (town_id, id, village_id, grid_id, household_id, words, is_minors, warned_on, due_on, warned_by,
                published_on, published_by, picture, end_kind, ended_on, version)
            VALUES (\(town), \(exposure.id), \(exposure.village), \(exposure.grid), \(exposure.household), \(exposure.words), \(exposure.isMinors),
                \(exposure.warnedOn), \(exposure.dueOn), \(exposure.warnedBy), \(exposure.publishedOn), \(exposure.publishedBy),
                \(exposure.picture), \(exposure.end), \(exposure.endedOn), \(exposure.version)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The warning, if the household's grid lies in `scope`.
    package func find(_ id: ID<Exposure>, in scope: Scope) throws -> Exposure? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_exposure x
            WHERE x.town_id = \(town) AND x.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "x.grid_id"))
            """
        ).map(Exposure.init(row:))
    }

    /// Those within `scope`, the latest first, with whether an objection waits.
    package func exposures(in scope: Scope, limit: Int) throws -> [(exposure: Exposure, hasOpenAppeal: Bool)] {
        try list("\(GridScope.predicate(scope, town: town, grid: "x.grid_id"))", limit: limit)
    }

    /// Those of a household, the latest first.
    package func exposures(of household: ID<Household>) throws -> [(exposure: Exposure, hasOpenAppeal: Bool)] {
        try list("x.household_id = \(household)", limit: 20)
    }

    /// What may be on a village's board on `day`, the latest first.
    package func shown(in village: ID<GridNode>, on day: Day) throws -> [Exposure] {
        let first = day.adding(days: 1 - ExposureRules.daysShown)
        return try list(
            "x.village_id = \(village) AND x.published_on >= \(first) AND x.published_on <= \(day) AND x.end_kind IS NULL",
            limit: 200
        ).filter { ExposureRules.standing(of: $0.exposure, on: day, hasOpenAppeal: $0.hasOpenAppeal) == .shown }.map(\.exposure)
    }

    private func list(_ condition: SQL, limit: Int) throws -> [(exposure: Exposure, hasOpenAppeal: Bool)] {
        try tx.query(
            """
            SELECT \(Self.columns),
                (SELECT COUNT(*) FROM points_appeal a WHERE a.town_id = x.town_id AND a.subject = \(Appeal.Subject.exposure)
                    AND a.subject_id = x.id AND a.stage = \(Appeal.Stage.open)) AS open_appeals
            FROM points_exposure x WHERE x.town_id = \(town) AND \(condition) ORDER BY x.warned_on DESC, x.id DESC LIMIT \(limit)
            """
        ).map { (try Exposure(row: $0), try $0.get("open_appeals", as: Int.self) > 0) }
    }

    /// - Returns: false when it is not at that version any more.
    package func publish(_ exposure: Exposure, picture: String?, on day: Day, by account: ID<AccountNode>) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_exposure SET published_on = \(day), published_by = \(account), picture = \(picture), draft = NULL, version = \(exposure.version + 1)
            WHERE town_id = \(town) AND id = \(exposure.id) AND version = \(exposure.version)
            """) == 1
    }

    /// Keeps the name of a picture that is still to be painted over; nobody but the staff sees it.
    package func setDraft(_ id: ID<Exposure>, _ draft: String?) throws {
        try tx.execute(
            "UPDATE points_exposure SET draft = \(draft) WHERE town_id = \(town) AND id = \(id) AND published_on IS NULL")
    }

    package func draft(of id: ID<Exposure>) throws -> String? {
        guard let row = try tx.first("SELECT x.draft FROM points_exposure x WHERE x.town_id = \(town) AND x.id = \(id)") else {
            return nil
        }
        return try row.get("draft")
    }

    /// Ends it, if it has not ended; its picture is forgotten.
    package func end(_ id: ID<Exposure>, as end: Exposure.End, on day: Day) throws {
        try tx.execute(
            """
            UPDATE points_exposure SET end_kind = \(end), ended_on = \(day), picture = NULL, draft = NULL, version = version + 1
            WHERE town_id = \(town) AND id = \(id) AND end_kind IS NULL
            """)
    }

    /// Who warned and who published: none of them judges an objection.
    package func deciders(of id: ID<Exposure>) throws -> [ID<AccountNode>] {
        guard
            let row = try tx.first(
                "SELECT x.warned_by, x.published_by FROM points_exposure x WHERE x.town_id = \(town) AND x.id = \(id)")
        else { return [] }
        return [try row.get("warned_by"), try row.get("published_by", as: ID<AccountNode>?.self)].compactMap(\.self)
    }
}

extension Exposure {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), grid: try row.get("grid_id"),
            household: try row.get("household_id"), words: try row.get("words"), isMinors: try row.get("is_minors"),
            warnedOn: try row.get("warned_on"), dueOn: try row.get("due_on"), warnedBy: try row.get("warned_by"),
            publishedOn: try row.get("published_on"), publishedBy: try row.get("published_by"), picture: try row.get("picture"),
            end: try row.get("end_kind"), endedOn: try row.get("ended_on"), version: try row.get("version"))
    }
}
