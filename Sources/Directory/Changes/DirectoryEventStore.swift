import Foundation
package import Kernel
package import Storage

/// Every statement about the directory's history.
package struct DirectoryEventStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func append(_ event: DirectoryEvent) throws {
        try tx.enqueue(
            """
            INSERT INTO directory_event (town_id, id, at, account_id, post, act, subject_id, grid_id, detail)
            VALUES (\(town), \(event.id), \(event.at), \(event.account), \(event.post), \(event.act), \(event.subject), \(event.grid),
                \(try Self.text(of: event.detail)))
            """)
    }

    package func find(_ id: ID<DirectoryEvent>) throws -> DirectoryEvent? {
        try tx.first("SELECT \(Self.columns) FROM directory_event e WHERE e.town_id = \(town) AND e.id = \(id)").map(Self.event)
    }

    /// What happened to exactly this grid, the latest first.
    package func latest(_ limit: Int, on grid: ID<GridNode>) throws -> [DirectoryEvent] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM directory_event e WHERE e.town_id = \(town) AND e.grid_id = \(grid)
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """
        ).map(Self.event)
    }

    /// How often `act` has been done to a record so far.
    package func sighting<Kind>(of act: String, on subject: ID<Kind>) throws -> Sighting {
        let subject = ID<DirectoryEvent.Subject>(subject.uuid)
        return Sighting(
            changes: try tx.value(
                "SELECT count(*) FROM directory_event e WHERE e.town_id = \(town) AND e.subject_id = \(subject) AND e.act = \(act)"
            ) ?? 0)
    }

    /// How often `act` has been done to any of some records so far.
    package func sighting<Kind>(of act: String, onAny subjects: [ID<Kind>]) throws -> Sighting {
        guard !subjects.isEmpty else { return .nothing }
        let list = subjects.map { ID<DirectoryEvent.Subject>($0.uuid) }.sorted()
        return Sighting(
            changes: try tx.value(
                """
                SELECT count(*) FROM directory_event e
                WHERE e.town_id = \(town) AND e.subject_id IN (\(list: list)) AND e.act = \(act)
                """
            ) ?? 0)
    }

    /// How often each act has been done to a record so far; an act that never was is absent.
    package func sightings<Kind>(on subject: ID<Kind>) throws -> [String: Sighting] {
        let subject = ID<DirectoryEvent.Subject>(subject.uuid)
        let rows = try tx.query(
            """
            SELECT e.act, count(*) AS changes FROM directory_event e WHERE e.town_id = \(town) AND e.subject_id = \(subject)
            GROUP BY e.act ORDER BY e.act
            """)
        return Dictionary(try rows.map { (try $0.get("act"), Sighting(changes: try $0.get("changes"))) }) { first, _ in first }
    }

    /// What happened to the town's calendar, the latest first.
    package func latestOfCalendar(_ limit: Int) throws -> [DirectoryEvent] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM directory_event e
            WHERE e.town_id = \(town) AND e.grid_id IS NULL AND e.act IN ('calendar.edit', 'calendar.complete')
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """
        ).map(Self.event)
    }

    private static let columns: SQL = "e.id, e.at, e.account_id, e.post, e.act, e.subject_id, e.grid_id, e.detail"

    private static func event(_ row: Row) throws -> DirectoryEvent {
        let detail: String = try row.get("detail")
        return DirectoryEvent(
            id: try row.get("id"), at: try row.get("at"), account: try row.get("account_id"), post: try row.get("post"),
            act: try row.get("act"),
            subject: try row.get("subject_id"), grid: try row.get("grid_id"),
            detail: try JSONDecoder().decode([String: String].self, from: Data(detail.utf8)))
    }

    private static func text(of detail: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }
}
