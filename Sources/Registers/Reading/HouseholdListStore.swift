package import Directory
package import Kernel
package import Storage

/// Every statement that lists households and people to look after, always within somebody's reach.
package struct HouseholdListStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Households that stand, those nobody visited yet first, then by the last visit.
    package func list(
        in scope: Scope, address: String, on day: Day, after cursor: VisitCursor?, limit: Int
    ) throws -> [HouseholdRecord] {
        let after: SQL =
            switch cursor {
            case nil: ""
            case let cursor? where cursor.visitedAt == nil:
                " AND (h.visited_at IS NOT NULL OR h.id > \(cursor.id))"
            case let cursor?:
                " AND (h.visited_at > \(cursor.visitedAt) OR (h.visited_at = \(cursor.visitedAt) AND h.id > \(cursor.id)))"
            }
        let words: SQL = address.isEmpty ? "" : " AND h.address_words LIKE \(Self.pattern(address)) ESCAPE '!'"
        return try tx.query(
            """
            SELECT \(HouseholdRecordStore.columns) FROM household h
            WHERE h.town_id = \(town) AND (h.valid_to IS NULL OR h.valid_to >= \(day))
                AND \(GridScope.predicate(scope, town: town, grid: "h.grid_id"))\(words)\(after)
            ORDER BY h.visited_at NULLS FIRST, h.id LIMIT \(limit)
            """
        ).map(HouseholdRecord.init(row:))
    }

    private static func pattern(_ text: String) -> String {
        "%" + text.map { "%_!".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
    }

    /// People with a mark that holds on `day`, each with where they live now, those nobody visited for longest first.
    /// - Parameters:
    ///   - grids: within these and below.
    ///   - limit: of marks; a person may have several.
    func care(
        _ reach: CareReach, in grids: Scope, kind: CareMark.Kind?, unseenSince limit: Instant?, on day: Day, most count: Int
    ) throws -> [(person: ID<PersonNode>, household: HouseholdRecord, kind: CareMark.Kind)] {
        let kinds: SQL = if let kind { " AND m.kind = \(kind)" } else { "" }
        let unseen: SQL = if let limit { " AND (h.visited_at IS NULL OR h.visited_at < \(limit))" } else { "" }
        return try tx.query(
            """
            SELECT m.person_id, m.kind, \(HouseholdRecordStore.columns) FROM care_mark m
            JOIN residency r ON r.town_id = m.town_id AND r.person_id = m.person_id AND r.valid_from <= \(day)
                AND (r.valid_to IS NULL OR r.valid_to >= \(day))
            JOIN household h ON h.town_id = r.town_id AND h.id = r.household_id
            WHERE m.town_id = \(town) AND m.valid_from <= \(day) AND m.valid_to >= \(day)\(kinds)\(unseen)
                AND \(GridScope.predicate(grids, town: town, grid: "h.grid_id")) AND \(reach.predicate(of: town, on: day))
            ORDER BY h.visited_at NULLS FIRST, h.id, m.person_id, m.kind LIMIT \(count)
            """
        ).map { row in
            // The columns of the mark come first, so the household's id is read by its own name.
            (try row.get("person_id"), try HouseholdRecord(row: row), try row.get("kind"))
        }
    }
}
