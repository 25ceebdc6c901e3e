import Directory
package import Kernel
package import Storage

/// Every statement about matters themselves; lists are ``MatterListStore``'s matter.
package struct MatterStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    static let columns: SQL =
        """
        m.id, m.number, m.category, m.tier, m.is_restricted, m.words, m.grid_id, m.village_id, m.longitude, m.latitude, m.spot, m.channel,
        m.reported_at, m.stage, m.holder_grid_id, m.holder_level, m.reopened, m.returned, m.outcome, m.closed_at, m.version,
        m.respond_within, m.finish_within, m.clock_state, m.due_at, m.check_at, m.breaches, m.extensions
        """

    // MARK: Writing

    /// - Parameter digest: what tells a retry from another request under the same id.
    /// - Returns: false when the id or the number is taken; nothing is written then.
    package func insert(_ matter: Matter, digest: String) throws -> Bool {
        try tx.execute(Self.insertion(matter, digest: digest, town) + " ON CONFLICT DO NOTHING") == 1
    }

    /// For bulk loads: does not wait; a taken id or number fails the transaction.
    package func enqueue(_ matter: Matter, digest: String = "") throws {
        try tx.enqueue(Self.insertion(matter, digest: digest, town))
        if !matter.stage.isOpen { try MatterTextStore(tx, town: town).enqueue(matter) }
    }

    private static func insertion(_ matter: Matter, digest: String, _ town: ID<Town>) -> SQL {
        """
        INSERT INTO matter (town_id, id, number, category, tier, is_restricted, words, grid_id, village_id, longitude, latitude, spot, channel,
            reported_at, stage, is_open, holder_grid_id, holder_level, reopened, returned, outcome, closed_at, version, digest, respond_within,
            finish_within, clock_state, due_at, check_at, breaches, extensions)
        VALUES (\(town), \(matter.id), \(matter.number), \(matter.category), \(matter.tier), \(matter.isRestricted), \(matter.words),
            \(matter.place.grid), \(matter.place.village), \(matter.place.coordinate?.longitude), \(matter.place.coordinate?.latitude),
            \(matter.place.spot), \(matter.channel), \(matter.reportedAt), \(matter.stage), \(matter.stage.isOpen), \(matter.holder.grid),
            \(matter.holder.level), \(matter.reopened), \(matter.returned), \(matter.outcome), \(matter.closedAt), \(matter.version), \(digest),
            \(matter.clock.respond), \(matter.clock.finish), \(matter.clock.state), \(matter.clock.due), \(matter.clock.check),
            \(matter.clock.breaches), \(matter.clock.extensions))
        """
    }

    /// Stores what an act changed; a closed matter enters the full-text index.
    /// - Returns: false when the matter is not at `version` any more.
    func update(_ matter: Matter, from version: Int) throws -> Bool {
        let isDone =
            try tx.execute(
                """
                UPDATE matter SET stage = \(matter.stage), tier = \(matter.tier), is_open = \(matter.stage.isOpen), holder_grid_id = \(matter.holder.grid),
                    holder_level = \(matter.holder.level), reopened = \(matter.reopened), returned = \(matter.returned),
                    outcome = \(matter.outcome), closed_at = \(matter.closedAt), grid_id = \(matter.place.grid), version = \(matter.version),
                    respond_within = \(matter.clock.respond), finish_within = \(matter.clock.finish), clock_state = \(matter.clock.state),
                    due_at = \(matter.clock.due), check_at = \(matter.clock.check), breaches = \(matter.clock.breaches),
                    extensions = \(matter.clock.extensions)
                WHERE town_id = \(town) AND id = \(matter.id) AND version = \(version)
                """) == 1
        if isDone, !matter.stage.isOpen { try MatterTextStore(tx, town: town).add(matter) }
        return isDone
    }

    // MARK: One matter

    /// The matter, if its place lies within the principal's reading scope and its category is not hidden from them.
    package func find(_ id: ID<Matter>, for principal: Principal) throws -> Matter? {
        guard principal.town == town, let scope = principal.grants[.readMatter] else { return nil }
        return try tx.first(
            """
            SELECT \(Self.columns) FROM matter m
            WHERE m.town_id = \(town) AND m.id = \(id) AND \(GridScope.predicate(scope, town: town, grid: "m.grid_id"))
                AND \(RestrictedReach(principal).condition(in: town))
            """
        ).map(Matter.init(row:))
    }

    /// For whoever has the number; what of it they are told is the page's matter.
    package func find(_ number: PublicNumber) throws -> Matter? {
        try tx.first("SELECT \(Self.columns) FROM matter m WHERE m.town_id = \(town) AND m.number = \(number)").map(
            Matter.init(row:))
    }

    /// The matter that a request with this id made, and that request's digest.
    func made(by id: ID<Matter>) throws -> (matter: Matter, digest: String)? {
        guard let row = try tx.first("SELECT \(Self.columns), m.digest FROM matter m WHERE m.town_id = \(town) AND m.id = \(id)")
        else {
            return nil
        }
        return (try Matter(row: row), try row.get("digest"))
    }
}

extension Matter {
    init(row: Row) throws {
        let longitude: Double? = try row.get("longitude")
        let latitude: Double? = try row.get("latitude")
        let coordinate = longitude.flatMap { longitude in latitude.flatMap { Coordinate(longitude: longitude, latitude: $0) } }
        self.init(
            id: try row.get("id"), number: try row.get("number"), category: try row.get("category"), tier: try row.get("tier"),
            isRestricted: try row.get("is_restricted"), words: try row.get("words"),
            place: MatterPlace(
                grid: try row.get("grid_id"), village: try row.get("village_id"), coordinate: coordinate,
                spot: try row.get("spot")),
            channel: try row.get("channel"), reportedAt: try row.get("reported_at"), stage: try row.get("stage"),
            holder: Holder(stored: try row.get("holder_grid_id"), level: try row.get("holder_level")),
            reopened: try row.get("reopened"),
            returned: try row.get("returned"), outcome: try row.get("outcome"), closedAt: try row.get("closed_at"),
            version: try row.get("version"))
        clock = ClockStanding(
            respond: try row.get("respond_within"), finish: try row.get("finish_within"), state: try row.get("clock_state"),
            due: try row.get("due_at"), check: try row.get("check_at"), breaches: try row.get("breaches"),
            extensions: try row.get("extensions"))
    }
}
