import Kernel
import Storage

/// Every statement about photos of matters.
struct MatterPhotoStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    static let columns: SQL =
        "p.id, p.matter_id, p.event_id, p.position, p.full_blob, p.thumb_blob, p.width, p.height, p.at, p.edition, p.shown_at"

    /// Adds the pictures of one entry of the history, in their order.
    func add(_ files: [MatterPhoto.Files], to event: MatterEvent, ids: [ID<MatterPhoto>]) throws {
        try add(files, to: event.matter, event: event.id, at: event.at, ids: ids)
    }

    func add(
        _ files: [MatterPhoto.Files], to matter: ID<Matter>, event: ID<MatterEvent>, at: Instant, ids: [ID<MatterPhoto>]
    ) throws {
        for (position, (file, id)) in zip(files, ids).enumerated() {
            try tx.enqueue(
                """
                INSERT INTO matter_photo (town_id, id, matter_id, event_id, position, full_blob, thumb_blob, width, height, at)
                VALUES (\(town), \(id), \(matter), \(event), \(position), \(file.full), \(file.thumb), \(file.width), \(file.height),
                    \(at))
                """)
        }
    }

    func photos(of matter: ID<Matter>) throws -> [MatterPhoto] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM matter_photo p WHERE p.town_id = \(town) AND p.matter_id = \(matter)
            ORDER BY p.at, p.event_id, p.position, p.id
            """
        ).map(MatterPhoto.init(row:))
    }

    /// Those of them that everybody may see, unless the matter is restricted.
    func shown(of matter: ID<Matter>) throws -> [ID<MatterPhoto>] {
        try photos(of: matter).filter { $0.shownAt != nil }.map(\.id)
    }

    /// The photo; whether its matter may be seen is asked of ``MatterStore``.
    func find(_ id: ID<MatterPhoto>) throws -> MatterPhoto? {
        try tx.first("SELECT \(Self.columns) FROM matter_photo p WHERE p.town_id = \(town) AND p.id = \(id)").map(
            MatterPhoto.init(row:))
    }
}

extension MatterPhoto {
    init(row: Row) throws {
        self.init(
            id: try row.get("id"), matter: try row.get("matter_id"), event: try row.get("event_id"),
            position: try row.get("position"),
            files: Files(
                full: try row.get("full_blob"), thumb: try row.get("thumb_blob"), width: try row.get("width"),
                height: try row.get("height")),
            at: try row.get("at"), edition: try row.get("edition"), shownAt: try row.get("shown_at"))
    }
}
