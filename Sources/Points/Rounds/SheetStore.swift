import Foundation
package import Directory
package import Kernel
package import Storage

/// Every statement about sheets, what stands on them, and objections.
package struct SheetStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "s.id, s.round_id, s.target_grid_id, s.number, s.why, s.at, s.account_id, s.post, s.digest"

    // MARK: Sheets

    package func insert(_ sheet: InspectionSheet, scores: [HouseholdScore]) throws {
        try tx.execute(
            """
            INSERT INTO points_sheet (town_id, id, round_id, target_grid_id, number, why, at, account_id, post, digest)
            VALUES (\(town), \(sheet.id), \(sheet.round), \(sheet.target), \(sheet.number), \(sheet.why), \(sheet.at), \(sheet.account),
                \(sheet.post), \(sheet.digest))
            """)
        for score in scores {
            try tx.enqueue(
                """
                INSERT INTO points_score (town_id, sheet_id, household_id, seen, deducted, items)
                VALUES (\(town), \(sheet.id), \(score.household), \(score.seen), \(score.deducted), \(Self.text(of: score.items)))
                """)
        }
    }

    package func find(_ id: ID<InspectionSheet>) throws -> InspectionSheet? {
        try tx.first("SELECT \(Self.columns) FROM points_sheet s WHERE s.town_id = \(town) AND s.id = \(id)").map(
            InspectionSheet.init(row:))
    }

    /// All sheets of a round, the newest of each grid first.
    package func sheets(of round: ID<InspectionRound>) throws -> [InspectionSheet] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_sheet s WHERE s.town_id = \(town) AND s.round_id = \(round)
            ORDER BY s.target_grid_id, s.number DESC
            """
        ).map(InspectionSheet.init(row:))
    }

    package func scores(on sheet: ID<InspectionSheet>) throws -> [HouseholdScore] {
        try tx.query(
            """
            SELECT s.household_id, s.seen, s.deducted, s.items FROM points_score s WHERE s.town_id = \(town) AND s.sheet_id = \(sheet)
            """
        ).map(Self.score)
    }

    /// What a household got in a round, if it is on a sheet that counts.
    package func score(of household: ID<Household>, in round: ID<InspectionRound>) throws -> HouseholdScore? {
        try tx.first(
            """
            SELECT s.household_id, s.seen, s.deducted, s.items
            FROM points_pair p JOIN points_score s ON s.town_id = p.town_id AND s.sheet_id = p.sheet_id
            WHERE p.town_id = \(town) AND p.round_id = \(round) AND s.household_id = \(household)
            """
        ).map(Self.score)
    }

    private static func score(_ row: Row) throws -> HouseholdScore {
        HouseholdScore(
            household: try row.get("household_id"), seen: try row.get("seen"), deducted: try row.get("deducted"),
            items: items(try row.get("items")))
    }

    /// `litter:1 weeds:2`, by code.
    private static func text(of items: [String: Int]) -> String {
        items.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " ")
    }

    private static func items(_ text: String) -> [String: Int] {
        let pairs = text.split(separator: " ").compactMap { item -> (String, Int)? in
            let halves = item.split(separator: ":").map(String.init)
            return halves.count == 2 ? Int(halves[1]).map { (halves[0], $0) } : nil
        }
        return Dictionary(pairs) { first, _ in first }
    }

    // MARK: Objections

    package func insert(_ objection: Objection) throws {
        try tx.execute(
            """
            INSERT INTO points_objection (town_id, id, round_id, household_id, words, at, account_id, stage, answer, answered_at)
            VALUES (\(town), \(objection.id), \(objection.round), \(objection.household), \(objection.words), \(objection.at),
                \(objection.account), \(objection.stage), \(objection.answer), NULL)
            """)
    }

    /// - Returns: false when it has been answered.
    package func answer(_ id: ID<Objection>, _ stage: Objection.Stage, _ words: String, at: Instant) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_objection SET stage = \(stage), answer = \(words), answered_at = \(at)
            WHERE town_id = \(town) AND id = \(id) AND stage = \(Objection.Stage.open)
            """) == 1
    }

    package func objection(_ id: ID<Objection>) throws -> Objection? {
        try tx.first("SELECT \(Self.objectionColumns) FROM points_objection o WHERE o.town_id = \(town) AND o.id = \(id)").map(
            Objection.init(row:))
    }

    package func objections(of round: ID<InspectionRound>) throws -> [Objection] {
        try tx.query(
            """
            SELECT \(Self.objectionColumns) FROM points_objection o WHERE o.town_id = \(town) AND o.round_id = \(round) ORDER BY o.at, o.id
            """
        ).map(Objection.init(row:))
    }

    private static let objectionColumns: SQL = "o.id, o.round_id, o.household_id, o.words, o.at, o.account_id, o.stage, o.answer"
}

extension InspectionSheet {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), round: try row.get("round_id"), target: try row.get("target_grid_id"),
            number: try row.get("number"), why: try row.get("why"), at: try row.get("at"), account: try row.get("account_id"),
            post: try row.get("post"), digest: try row.get("digest"))
    }
}

extension Objection {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), round: try row.get("round_id"), household: try row.get("household_id"),
            words: try row.get("words"), at: try row.get("at"), account: try row.get("account_id"), stage: try row.get("stage"),
            answer: try row.get("answer"))
    }
}
