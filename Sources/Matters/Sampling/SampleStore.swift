import Kernel
import Storage

/// Every statement about samples of closed matters.
struct SampleStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        "s.id, s.unit_id, s.month, s.percent, s.eligible, s.seed, s.at, s.account_id, s.actor_name, s.actor_post"

    /// What was closed in a month, in one of some grids, and still is.
    func closed(_ month: SampleMonth, in grids: [ID<GridNode>]) throws -> [ID<Matter>] {
        try tx.query(
            """
            SELECT m.id FROM matter m
            WHERE m.town_id = \(town) AND m.is_open = 0 AND m.closed_at >= \(month.first.start()) AND m.closed_at < \(month.next.first.start())
                AND m.stage = 'closed' AND m.grid_id IN (\(list: grids))
            ORDER BY m.id
            """
        ).map { try $0.get("id") }
    }

    /// - Returns: false when the unit's month was drawn already, or the id is taken.
    func insert(_ sample: Sample) throws -> Bool {
        let isNew =
            try tx.execute(
                """
                INSERT INTO matter_sample (town_id, id, unit_id, month, percent, eligible, seed, at, account_id, actor_name, actor_post)
                VALUES (\(town), \(sample.id), \(sample.unit), \(sample.month.description), \(sample.percent), \(sample.eligible), \(sample.seed),
                    \(sample.at), \(sample.actor.account), \(sample.actor.name), \(sample.actor.post))
                ON CONFLICT DO NOTHING
                """) == 1
        guard isNew else { return false }
        for line in sample.lines {
            try tx.enqueue(
                """
                INSERT INTO matter_sample_line (town_id, sample_id, matter_id, position)
                VALUES (\(town), \(sample.id), \(line.matter), \(line.position))
                """)
        }
        return true
    }

    /// - Returns: false when something was found of it already.
    func add(_ finding: Sample.Finding, _ id: ID<MatterEvent>, of matter: ID<Matter>, in sample: ID<Sample>) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO matter_sample_finding (town_id, sample_id, matter_id, id, satisfied, way, words, at, account_id, actor_name, actor_post)
            VALUES (\(town), \(sample), \(matter), \(id), \(finding.satisfied), \(finding.way), \(finding.words), \(finding.at),
                \(finding.actor.account), \(finding.actor.name), \(finding.actor.post))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Which request found something of a matter.
    func finder(of matter: ID<Matter>, in sample: ID<Sample>) throws -> ID<MatterEvent>? {
        try tx.value(
            """
            SELECT f.id FROM matter_sample_finding f
            WHERE f.town_id = \(town) AND f.sample_id = \(sample) AND f.matter_id = \(matter)
            """)
    }

    func find(_ id: ID<Sample>) throws -> Sample? { try samples("s.id = \(id)").first }

    /// The newest months of some units.
    func newest(of units: [ID<GridNode>], limit: Int) throws -> [Sample] {
        guard !units.isEmpty else { return [] }
        return try samples(
            """
            s.id IN (SELECT n.id FROM matter_sample n WHERE n.town_id = \(town) AND n.unit_id IN (\(list: units))
                ORDER BY n.month DESC, n.id LIMIT \(limit))
            """)
    }

    private func samples(_ condition: SQL) throws -> [Sample] {
        let rows = try tx.query(
            "SELECT \(Self.columns) FROM matter_sample s WHERE s.town_id = \(town) AND \(condition) ORDER BY s.month DESC, s.unit_id"
        )
        let ids: [ID<Sample>] = try rows.map { try $0.get("id") }
        let lines = try tx.query(
            """
            SELECT l.sample_id, l.matter_id, l.position, f.satisfied, f.way, f.words, f.at, f.account_id, f.actor_name, f.actor_post
            FROM matter_sample_line l LEFT JOIN matter_sample_finding f
                ON f.town_id = l.town_id AND f.sample_id = l.sample_id AND f.matter_id = l.matter_id
            WHERE l.town_id = \(town) AND l.sample_id IN (\(list: ids)) ORDER BY l.sample_id, l.position
            """)
        let bySample = Dictionary(
            grouping: try lines.map { (try $0.get("sample_id", as: ID<Sample>.self), try Sample.Line(row: $0)) }, by: \.0)
        return try rows.map { row in
            var sample = try Sample(row: row)
            sample.lines = bySample[sample.id, default: []].map(\.1)
            return sample
        }
    }
}

extension Sample {
    fileprivate init(row: Row) throws {
        let month: String = try row.get("month")
        self.init(
            id: try row.get("id"), unit: try row.get("unit_id"),
            month: try SampleMonth(month) ?? SampleMonth(row.get("at", as: Instant.self).day()), percent: try row.get("percent"),
            eligible: try row.get("eligible"), seed: try row.get("seed"), at: try row.get("at"),
            actor: .init(account: try row.get("account_id"), name: try row.get("actor_name"), post: try row.get("actor_post")),
            lines: [])
    }
}

extension Sample.Line {
    fileprivate init(row: Row) throws {
        self.init(matter: try row.get("matter_id"), position: try row.get("position"), finding: nil)
        guard let satisfied: Bool = try row.get("satisfied") else { return }
        finding = Sample.Finding(
            satisfied: satisfied, way: try row.get("way"), words: try row.get("words"), at: try row.get("at"),
            actor: .init(account: try row.get("account_id"), name: try row.get("actor_name"), post: try row.get("actor_post")))
    }
}
