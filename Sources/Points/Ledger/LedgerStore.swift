package import Directory
package import Kernel
package import Storage

/// Where a page of entries ends: the next one begins with what is older.
package struct EntryCursor: Sendable, Hashable, CustomStringConvertible {
    package let at: Instant
    package let id: ID<PointsEntry>

    package init(_ entry: PointsEntry) { (at, id) = (entry.at, entry.id) }

    /// Reads what ``description`` wrote; nil for anything else.
    package init?(_ text: String) {
        let halves = text.split(separator: "_", maxSplits: 1).map(String.init)
        guard halves.count == 2, let time = Int64(halves[0]), let id = ID<PointsEntry>(halves[1]) else { return nil }
        (at, self.id) = (Instant(milliseconds: time), id)
    }

    package var description: String { "\(at.milliseconds)_\(id)" }
}

/// That something was booked for a household.
package struct BookedCause: Sendable, Hashable {
    package let household: ID<Household>
    package let cause: ID<EntryCause>
}

/// Every statement about the entries of the ledger.
package struct LedgerStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL =
        """
        e.id, e.village_id, e.household_id, e.person_id, e.source, e.destination, e.points, e.asked, e.rule_set_id, e.rule_code, e.domain,
        e.cause, e.cause_id, e.reverses_id, e.note, e.day, e.at, e.account_id, e.post, e.expires
        """

    /// Adds an entry; the transaction fails when its id is taken.
    package func insert(_ entry: PointsEntry) throws {
        try tx.enqueue(
            """
            INSERT INTO points_entry (town_id, id, village_id, household_id, person_id, source, destination, points, asked, rule_set_id,
                rule_code, domain, cause, cause_id, reverses_id, note, day, at, account_id, post, expires)
            VALUES (\(town), \(entry.id), \(entry.village), \(entry.household), \(entry.person), \(entry.source), \(entry.destination),
                \(entry.points), \(entry.asked), \(entry.rule?.set), \(entry.rule?.code), \(entry.rule?.domain), \(entry.cause),
                \(entry.causeID), \(entry.reverses), \(entry.note), \(entry.day), \(entry.at), \(entry.account), \(entry.post), \(entry.expires))
            """)
    }

    package func find(_ id: ID<PointsEntry>) throws -> PointsEntry? {
        try tx.first("SELECT \(Self.columns) FROM points_entry e WHERE e.town_id = \(town) AND e.id = \(id)").map(
            PointsEntry.init(row:))
    }

    /// The entry that takes `id` back, if one does.
    package func reversal(of id: ID<PointsEntry>) throws -> PointsEntry? {
        try tx.first("SELECT \(Self.columns) FROM points_entry e WHERE e.town_id = \(town) AND e.reverses_id = \(id)").map(
            PointsEntry.init(row:))
    }

    /// Which of some entries were taken back.
    package func takenBack(among ids: [ID<PointsEntry>]) throws -> Set<ID<PointsEntry>> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try tx.query(
                "SELECT e.reverses_id FROM points_entry e WHERE e.town_id = \(town) AND e.reverses_id IN (\(list: ids))"
            ).map { try $0.get("reverses_id") })
    }

    /// A household's entries, the newest first.
    package func entries(of household: ID<Household>, after cursor: EntryCursor? = nil, limit: Int) throws -> [PointsEntry] {
        let older: SQL = cursor.map { "(e.at < \($0.at) OR (e.at = \($0.at) AND e.id < \($0.id)))" } ?? "1 = 1"
        return try tx.query(
            """
            SELECT \(Self.columns) FROM points_entry e WHERE e.town_id = \(town) AND e.household_id = \(household) AND \(older)
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """
        ).map(PointsEntry.init(row:))
    }

    /// Which of some households have entries of some causes.
    package func booked(_ causes: Set<ID<EntryCause>>, for households: Set<ID<Household>>) throws -> Set<BookedCause> {
        guard !causes.isEmpty, !households.isEmpty else { return [] }
        return Set(
            try tx.query(
                """
                SELECT e.household_id, e.cause_id FROM points_entry e
                WHERE e.town_id = \(town) AND e.household_id IN (\(list: Array(households))) AND e.cause_id IN (\(list: Array(causes)))
                """
            ).map { BookedCause(household: try $0.get("household_id"), cause: try $0.get("cause_id")) })
    }

    /// What a household was given under a rule within the spans around `day`, without what was taken back.
    package func taken(_ household: ID<Household>, rule code: String, around day: Day) throws -> [CapPeriod: Int] {
        let terms = CapPeriod.allCases.map { ($0, $0.term(around: day)) }
        let (first, last) = (terms.map(\.1.from).min() ?? day, terms.map(\.1.to).max() ?? day)
        let rows = try tx.query(
            """
            SELECT e.day, e.points FROM points_entry e
            WHERE e.town_id = \(town) AND e.household_id = \(household) AND e.rule_code = \(code) AND e.day BETWEEN \(first) AND \(last)
                AND e.source = \(LedgerAccount.issued)
                AND NOT EXISTS (SELECT 1 FROM points_entry r WHERE r.town_id = e.town_id AND r.reverses_id = e.id)
            """
        ).map { row -> (Day, Int) in (try row.get("day"), try row.get("points")) }
        return Dictionary(
            terms.map { period, term in
                (period, rows.filter { term.from <= $0.0 && $0.0 <= term.to }.reduce(0) { $0 + $1.1 })
            }
        ) { first, _ in first }
    }

    /// Households with points whose last day has passed, with all such points and everything that ever went out.
    package func lapsed(before day: Day, limit: Int) throws -> [(household: ID<Household>, due: Int, gone: Int)] {
        try tx.query(
            """
            SELECT d.household_id, d.due, d.gone FROM (
                SELECT x.household_id,
                    (SELECT SUM(e.points) FROM points_entry e WHERE e.town_id = \(town) AND e.household_id = x.household_id AND e.expires < \(day)) AS due,
                    (SELECT COALESCE(SUM(e.points), 0) FROM points_entry e
                        WHERE e.town_id = \(town) AND e.household_id = x.household_id AND e.source = 'household') AS gone
                FROM (SELECT DISTINCT household_id FROM points_entry WHERE town_id = \(town) AND expires < \(day)) x
            ) d JOIN points_wallet w ON w.town_id = \(town) AND w.household_id = d.household_id AND w.balance > 0
            WHERE d.due > d.gone ORDER BY d.household_id LIMIT \(limit)
            """
        ).map { (try $0.get("household_id"), try $0.get("due"), try $0.get("gone")) }
    }
}
