package import Storage

/// Whether a stored picture belongs to a claim or to the notice board, in whatever town: equal files are stored once, so another room asks
/// before it takes one away.
package enum HeldPictureStore {
    package static func holds(_ blob: String, _ tx: any Transaction) throws -> Bool {
        let count: Int? = try tx.value(
            """
            SELECT (SELECT count(*) FROM points_claim_photo p WHERE p.full_blob = \(blob) OR p.thumb_blob = \(blob))
                + (SELECT count(*) FROM points_exposure x WHERE x.picture = \(blob) OR x.draft = \(blob)) AS held
            """)
        return (count ?? 0) > 0
    }
}
