package import Kernel
package import Storage

/// Every statement about subscribers. Addresses and secrets come and go sealed.
package struct SubscriberStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    static let columns: SQL = "s.town_id, s.id, s.kind, s.name, s.topics, s.grid_id, s.is_on, s.created_at"

    package func insert(_ subscriber: Subscriber, sealed: [UInt8]) throws {
        try tx.execute(
            """
            INSERT INTO subscriber (town_id, id, kind, name, topics, grid_id, settings_sealed, is_on, created_at)
            VALUES (\(subscriber.town), \(subscriber.id), \(subscriber.kind), \(subscriber.name),
                \(subscriber.topics.sorted().joined(separator: " ")), \(subscriber.grid), \(sealed), \(subscriber.isOn),
                \(subscriber.createdAt))
            """)
    }

    package func find(_ id: ID<Subscriber>, town: ID<Town>) throws -> Subscriber? {
        try tx.first("SELECT \(Self.columns) FROM subscriber s WHERE s.town_id = \(town) AND s.id = \(id)").map(
            Subscriber.init(row:))
    }

    package func settings(of id: ID<Subscriber>, town: ID<Town>) throws -> [UInt8]? {
        try tx.value("SELECT s.settings_sealed FROM subscriber s WHERE s.town_id = \(town) AND s.id = \(id)")
    }

    package func list(_ town: ID<Town>) throws -> [Subscriber] {
        try tx.query("SELECT \(Self.columns) FROM subscriber s WHERE s.town_id = \(town) ORDER BY s.created_at, s.id").map(
            Subscriber.init(row:))
    }

    /// Those of every town, on and off.
    package func all() throws -> [Subscriber] {
        try tx.query("SELECT \(Self.columns) FROM subscriber s ORDER BY s.town_id, s.created_at, s.id").map(
            Subscriber.init(row:))
    }

    package func set(_ id: ID<Subscriber>, town: ID<Town>, isOn: Bool) throws {
        try tx.execute("UPDATE subscriber SET is_on = \(isOn) WHERE town_id = \(town) AND id = \(id)")
    }

    package func setSettings(_ sealed: [UInt8], of id: ID<Subscriber>, town: ID<Town>) throws {
        try tx.execute("UPDATE subscriber SET settings_sealed = \(sealed) WHERE town_id = \(town) AND id = \(id)")
    }
}

extension Subscriber {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), town: try row.get("town_id"), kind: try row.get("kind"), name: try row.get("name"),
            topics: Set(try row.get("topics", as: String.self).split(separator: " ").map(String.init)),
            grid: try row.get("grid_id"), isOn: try row.get("is_on"), createdAt: try row.get("created_at"))
    }
}
