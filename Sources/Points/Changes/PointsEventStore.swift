import Foundation
package import Kernel
package import Storage

/// Every statement about the history of points.
package struct PointsEventStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    private static let columns: SQL = "e.id, e.village_id, e.at, e.account_id, e.post, e.act, e.subject_id, e.detail"

    package func append(_ event: PointsEvent) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let detail = String(decoding: try encoder.encode(event.detail), as: UTF8.self)
        try tx.enqueue(
            """
            INSERT INTO points_event (town_id, id, village_id, at, account_id, post, act, subject_id, detail)
            VALUES (\(town), \(event.id), \(event.village), \(event.at), \(event.account), \(event.post), \(event.act), \(event.subject), \(detail))
            """)
    }

    package func find(_ id: ID<PointsEvent>) throws -> PointsEvent? {
        try tx.first("SELECT \(Self.columns) FROM points_event e WHERE e.town_id = \(town) AND e.id = \(id)").map(Self.event)
    }

    /// What happened in a village, the latest first.
    package func latest(_ limit: Int, in village: ID<GridNode>) throws -> [PointsEvent] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM points_event e WHERE e.town_id = \(town) AND e.village_id = \(village)
            ORDER BY e.at DESC, e.id DESC LIMIT \(limit)
            """
        ).map(Self.event)
    }

    private static func event(_ row: Row) throws -> PointsEvent {
        let detail: String = try row.get("detail")
        return PointsEvent(
            id: try row.get("id"), village: try row.get("village_id"), at: try row.get("at"), account: try row.get("account_id"),
            post: try row.get("post"), act: try row.get("act"), subject: try row.get("subject_id"),
            detail: try JSONDecoder().decode([String: String].self, from: Data(detail.utf8)))
    }
}
