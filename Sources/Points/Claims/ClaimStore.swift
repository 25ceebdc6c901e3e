package import Directory
package import Kernel
package import Storage

/// Every statement about claims.
package struct ClaimStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        c.id, c.village_id, c.grid_id, c.household_id, c.person_id, c.rule_code, c.asked, c.day, c.words, c.channel, c.account_id, c.post,
        c.at, c.stage, c.decided_by, c.decided_post, c.decided_at, c.reason, c.points, c.version
        """

    /// - Returns: false when the id is taken; nothing is written then.
    package func insert(_ claim: Claim, digest: String) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO points_claim (town_id, id, village_id, grid_id, household_id, person_id, rule_code, asked, day, words, channel, account_id,
                post, at, stage, decided_by, decided_post, decided_at, reason, points, version, digest)
            VALUES (\(town), \(claim.id), \(claim.village), \(claim.grid), \(claim.household), \(claim.person), \(claim.rule), \(claim.asked),
                \(claim.day), \(claim.words), \(claim.channel), \(claim.enteredBy), \(claim.enteredPost), \(claim.at), \(claim.stage),
                \(claim.decision?.account), \(claim.decision?.post), \(claim.decision?.at), \(claim.decision?.reason ?? ""),
                \(claim.decision?.points), \(claim.version), \(digest)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The claim that a request with this id made, whoever asks, and that request's digest: only for knowing a retry.
    package func made(by id: ID<Claim>) throws -> (claim: Claim, digest: String)? {
        try tx.first("SELECT \(Self.columns), c.digest FROM points_claim c WHERE c.town_id = \(town) AND c.id = \(id)").map {
            (try Claim(row: $0), try $0.get("digest"))
        }
    }

    /// The claim, if the household's grid lies in `scope`.
    package func find(_ id: ID<Claim>, in scope: Scope) throws -> Claim? {
        try tx.first(
            """
            SELECT \(Self.columns) FROM points_claim c
            WHERE c.town_id = \(town) AND c.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "c.grid_id"))
            """
        ).map(Claim.init(row:))
    }

    /// Claims in a stage within `scope`: those that wait longest first, those that are decided latest first.
    package func claims(in stage: Claim.Stage, _ scope: Scope, limit: Int) throws -> [Claim] {
        let order: SQL = stage == .pending ? "c.at, c.id" : "c.at DESC, c.id DESC"
        return try tx.query(
            """
            SELECT \(Self.columns) FROM points_claim c
            WHERE c.town_id = \(town) AND c.stage = \(stage) AND \(GridScope.predicate(scope, town: town, grid: "c.grid_id"))
            ORDER BY \(order) LIMIT \(limit)
            """
        ).map(Claim.init(row:))
    }

    package func claims(of household: ID<Household>, limit: Int) throws -> [Claim] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_claim c WHERE c.town_id = \(town) AND c.household_id = \(household)
            ORDER BY c.at DESC, c.id DESC LIMIT \(limit)
            """
        ).map(Claim.init(row:))
    }

    /// - Returns: false when the claim is not pending at `version` any more.
    package func decide(_ claim: Claim, as stage: Claim.Stage, _ decision: Claim.Decision) throws -> Bool {
        try tx.execute(
            """
            UPDATE points_claim SET stage = \(stage), decided_by = \(decision.account), decided_post = \(decision.post),
                decided_at = \(decision.at), reason = \(decision.reason), points = \(decision.points), version = \(claim.version + 1)
            WHERE town_id = \(town) AND id = \(claim.id) AND version = \(claim.version) AND stage = \(Claim.Stage.pending)
            """) == 1
    }
}

extension Claim {
    init(row: Row) throws {
        let (decidedBy, decidedAt): (ID<AccountNode>?, Instant?) = (try row.get("decided_by"), try row.get("decided_at"))
        let post: String? = try row.get("decided_post")
        let (reason, points): (String, Int?) = (try row.get("reason"), try row.get("points"))
        self.init(
            id: try row.get("id"), village: try row.get("village_id"), grid: try row.get("grid_id"),
            household: try row.get("household_id"), person: try row.get("person_id"), rule: try row.get("rule_code"),
            asked: try row.get("asked"), day: try row.get("day"), words: try row.get("words"), channel: try row.get("channel"),
            enteredBy: try row.get("account_id"), enteredPost: try row.get("post"), at: try row.get("at"),
            stage: try row.get("stage"),
            decision: decidedBy.flatMap { account in
                decidedAt.map { Decision(account: account, post: post ?? "", at: $0, reason: reason, points: points) }
            }, version: try row.get("version"))
    }
}
