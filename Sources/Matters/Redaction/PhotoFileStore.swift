package import Kernel
package import Storage

/// Every statement about which files of the blob store are still needed.
package struct PhotoFileStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// Has the files of a photo, as it was, removed soon.
    func remove(_ files: MatterPhoto.Files, at: Instant) throws {
        for blob in Set([files.full, files.thumb]).sorted() {
            try tx.execute(
                """
                INSERT INTO matter_photo_removal (town_id, blob, at) VALUES (\(town), \(blob), \(at)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// The names of those that are to be removed, longest waiting first.
    package func waiting(limit: Int) throws -> [String] {
        try tx.query(
            "SELECT r.blob FROM matter_photo_removal r WHERE r.town_id = \(town) ORDER BY r.at, r.blob LIMIT \(limit)"
        ).map { try $0.get("blob") }
    }

    func done(_ blob: String) throws {
        try tx.execute("DELETE FROM matter_photo_removal WHERE town_id = \(town) AND blob = \(blob)")
    }

    /// Whether a photo of a matter or of a joint task has the file, in whatever town: equal files are stored once.
    func isNeeded(_ blob: String) throws -> Bool {
        let count: Int? = try tx.value(
            """
            SELECT (SELECT count(*) FROM matter_photo p WHERE p.full_blob = \(blob))
                + (SELECT count(*) FROM matter_photo p WHERE p.thumb_blob = \(blob))
                + (SELECT count(*) FROM joint_evidence v WHERE v.full_blob = \(blob) OR v.thumb_blob = \(blob)) AS needed
            """)
        return (count ?? 0) > 0
    }
}
