package import Kernel
package import Storage

/// Every statement about the redaction of photos, except those about files.
package struct RedactionStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    // MARK: The photo

    /// Puts other files in its place, if it is still as it was seen.
    /// - Returns: false when somebody was faster.
    func replace(_ photo: MatterPhoto, by files: MatterPhoto.Files, shownAt: Instant?) throws -> Bool {
        try tx.execute(
            """
            UPDATE matter_photo SET full_blob = \(files.full), thumb_blob = \(files.thumb), width = \(files.width), height = \(files.height),
                edition = \(photo.edition + 1), shown_at = \(shownAt)
            WHERE town_id = \(town) AND id = \(photo.id) AND edition = \(photo.edition)
            """) == 1
    }

    /// Lets everybody see it, or nobody any more, if it is still as it was seen.
    func show(_ photo: MatterPhoto, at: Instant?) throws -> Bool {
        try tx.execute(
            """
            UPDATE matter_photo SET edition = \(photo.edition + 1), shown_at = \(at)
            WHERE town_id = \(town) AND id = \(photo.id) AND edition = \(photo.edition)
            """) == 1
    }

    // MARK: Its history

    private static let columns: SQL =
        """
        a.id, a.photo_id, a.matter_id, a.kind, a.edition, a.boxes, a.keeps_original, a.at, a.account_id, a.actor_name, a.actor_post
        """

    func add(_ act: PhotoAct, digest: String = "") throws {
        try tx.execute(
            """
            INSERT INTO matter_photo_act (town_id, id, photo_id, matter_id, kind, edition, boxes, keeps_original, at, account_id, actor_name,
                actor_post, digest)
            VALUES (\(town), \(act.id), \(act.photo), \(act.matter), \(act.kind), \(act.edition), \(act.boxes), \(act.keepsOriginal),
                \(act.at), \(act.actor?.account), \(act.actor?.name), \(act.actor?.post), \(digest))
            """)
    }

    /// The digest of the request that wrote an entry; nil when there is none of this id.
    func digest(of id: ID<PhotoAct>) throws -> String? {
        try tx.first("SELECT a.digest FROM matter_photo_act a WHERE a.town_id = \(town) AND a.id = \(id)").map {
            try $0.get("digest", as: String.self)
        }
    }

    /// What was done to the photos of a matter, oldest first; a redaction before what was said of it in the same step.
    package func acts(of matter: ID<Matter>) throws -> [PhotoAct] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM matter_photo_act a WHERE a.town_id = \(town) AND a.matter_id = \(matter) ORDER BY a.at, a.edition, a.kind DESC, a.id
            """
        ).map(PhotoAct.init(row:))
    }

    // MARK: What is kept under seal

    func keep(_ sealed: [UInt8], of photo: ID<MatterPhoto>, at: Instant, until last: Day) throws {
        try tx.execute(
            """
            INSERT INTO matter_photo_original (town_id, id, at, last_day, sealed) VALUES (\(town), \(photo), \(at), \(last), \(sealed))
            """)
    }

    /// The last day on which the picture as it was is kept; nil when it is not.
    package func keptUntil(_ photo: ID<MatterPhoto>) throws -> Day? {
        try tx.first("SELECT o.last_day FROM matter_photo_original o WHERE o.town_id = \(town) AND o.id = \(photo)").map { row in
            try row.get("last_day", as: Day.self)
        }
    }

    func sealed(_ photo: ID<MatterPhoto>) throws -> [UInt8]? {
        try tx.first("SELECT o.sealed FROM matter_photo_original o WHERE o.town_id = \(town) AND o.id = \(photo)").map { row in
            try row.get("sealed", as: [UInt8].self)
        }
    }

    /// - Returns: whether there was one.
    func destroy(_ photo: ID<MatterPhoto>) throws -> Bool {
        try tx.execute("DELETE FROM matter_photo_original WHERE town_id = \(town) AND id = \(photo)") == 1
    }

    /// Photos whose originals are kept no longer than until before `day`.
    func over(on day: Day, limit: Int) throws -> [MatterPhoto] {
        try tx.query(
            """
            SELECT \(MatterPhotoStore.columns) FROM matter_photo_original o
            JOIN matter_photo p ON p.town_id = o.town_id AND p.id = o.id
            WHERE o.town_id = \(town) AND o.last_day < \(day) ORDER BY o.last_day, o.id LIMIT \(limit)
            """
        ).map(MatterPhoto.init(row:))
    }
}
