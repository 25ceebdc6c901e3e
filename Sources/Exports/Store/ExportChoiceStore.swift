import Kernel
import Storage

/// Every statement about chosen columns.
struct ExportChoiceStore {
    let tx: any Transaction
    let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The names chosen last, in their order; nil when nobody chose.
    func columns(of list: String, place: ID<GridNode>) throws -> [String]? {
        try tx.value(
            "SELECT columns FROM export_choice WHERE town_id = \(town) AND place_id = \(place) AND list = \(list)",
            as: String.self)?
            .split(separator: ",").map(String.init)
    }

    func choose(_ columns: [String], of list: String, place: ID<GridNode>, at now: Instant) throws {
        try tx.execute(
            """
            INSERT INTO export_choice (town_id, place_id, list, columns, changed_at)
            VALUES (\(town), \(place), \(list), \(columns.joined(separator: ",")), \(now))
            ON CONFLICT (town_id, place_id, list) DO UPDATE SET columns = excluded.columns, changed_at = excluded.changed_at
            """)
    }
}
