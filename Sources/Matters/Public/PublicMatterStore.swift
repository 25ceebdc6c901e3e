import Kernel
import Storage

/// Every statement that lists matters for everybody. Restricted ones are left out in the statement itself.
struct PublicMatterStore {
    private let tx: any Transaction
    private let town: ID<Town>
    /// Categories that are restricted by now, whatever they were when a matter was reported.
    private let hidden: [String]

    init(_ tx: any Transaction, town: ID<Town>, hiding hidden: [String]) {
        self.tx = tx
        self.town = town
        self.hidden = hidden
    }

    private var open: SQL {
        hidden.isEmpty ? "m.is_restricted = 0" : "m.is_restricted = 0 AND m.category NOT IN (\(list: hidden))"
    }

    /// The matters of `filter`, the newest first.
    func list(_ filter: PublicMatterFilter) throws -> [Matter] {
        if let ids = filter.ids {
            return try tx.query(
                """
                SELECT \(MatterStore.columns) FROM matter m WHERE m.town_id = \(town) AND m.id IN (\(list: ids.sorted())) AND \(open)
                ORDER BY m.reported_at DESC, m.id DESC
                """
            ).map(Matter.init(row:))
        }
        let condition = condition(filter)
        let most = filter.skipping + filter.limit
        // Open and closed ones apart, so that each branch reads an index in its order and stops.
        let branches = [true, false].filter { filter.isOpen ?? $0 == $0 }.map { isOpen -> SQL in
            """
            SELECT b.id AS hit FROM (
                SELECT m.id, m.reported_at FROM matter m WHERE m.town_id = \(town) AND m.is_open = \(isOpen) AND \(condition)
                ORDER BY m.reported_at DESC, m.id DESC LIMIT \(most)) b
            """
        }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM (\(SQL.joined(branches, separator: " UNION ALL "))) h
            JOIN matter m ON m.town_id = \(town) AND m.id = h.hit ORDER BY m.reported_at DESC, m.id DESC
            LIMIT \(filter.limit) OFFSET \(filter.skipping)
            """
        ).map(Matter.init(row:))
    }

    /// The pictures that somebody has said may be shown, of some matters that are listed, in their order.
    func pictures(of matters: [ID<Matter>]) throws -> [ID<Matter>: [ID<MatterPhoto>]] {
        guard !matters.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            SELECT p.matter_id, p.id FROM matter_photo p
            WHERE p.town_id = \(town) AND p.matter_id IN (\(list: matters)) AND p.shown_at IS NOT NULL
            ORDER BY p.matter_id, p.at, p.event_id, p.position, p.id
            """
        ).map { (try $0.get("matter_id", as: ID<Matter>.self), try $0.get("id", as: ID<MatterPhoto>.self)) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// One of those; nil for every other one, and for those of matters that are listed nowhere.
    func picture(_ id: ID<MatterPhoto>) throws -> MatterPhoto? {
        try tx.first(
            """
            SELECT \(MatterPhotoStore.columns) FROM matter_photo p JOIN matter m ON m.town_id = p.town_id AND m.id = p.matter_id
            WHERE p.town_id = \(town) AND p.id = \(id) AND p.shown_at IS NOT NULL AND \(open)
            """
        ).map(MatterPhoto.init(row:))
    }

    private func condition(_ filter: PublicMatterFilter) -> SQL {
        var condition = open
        // What went into another matter is listed as that one.
        condition += " AND m.stage <> 'merged'"
        if let categories = filter.categories { condition += " AND m.category IN (\(list: categories.sorted()))" }
        if let from = filter.from { condition += " AND m.reported_at >= \(from)" }
        if let to = filter.to { condition += " AND m.reported_at <= \(to)" }
        if let village = filter.village { condition += " AND m.village_id = \(village)" }
        return condition
    }

    /// What was done between two times, both included, the oldest first. A report is not an act.
    func acts(from: Instant, to: Instant, skipping: Int, limit: Int) throws -> [MatterEvent] {
        try tx.query(
            """
            SELECT \(MatterEventStore.columns) FROM matter_event e JOIN matter m ON m.town_id = e.town_id AND m.id = e.matter_id
            WHERE e.town_id = \(town) AND e.kind <> 'reported' AND e.at >= \(from) AND e.at <= \(to) AND \(open)
            ORDER BY e.at, e.id LIMIT \(limit) OFFSET \(skipping)
            """
        ).map(MatterEvent.init(row:))
    }
}
