import Directory
package import Kernel
package import Media
package import Storage

/// Every statement about the pictures of claims and which of them came before.
package struct ClaimPhotoStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    package func insert(_ photo: ClaimPhoto, likeness: Likeness, of village: ID<GridNode>, at: Instant) throws {
        try tx.execute(
            """
            INSERT INTO points_claim_photo (town_id, id, village_id, claim_id, position, full_blob, thumb_blob, likeness, at)
            VALUES (\(town), \(photo.id), \(village), \(photo.claim), \(photo.position), \(photo.full), \(photo.thumb), \(likeness.bytes), \(at))
            """)
    }

    package func insert(match photo: ID<ClaimPhoto>, earlier: ID<ClaimPhoto>, sureness: Int) throws {
        try tx.execute(
            """
            INSERT INTO points_claim_match (town_id, photo_id, earlier_id, sureness)
            VALUES (\(town), \(photo), \(earlier), \(sureness)) ON CONFLICT DO NOTHING
            """)
    }

    /// The pictures of a village, the newest first, as far as they can be compared.
    package func likenesses(of village: ID<GridNode>, since: Instant, limit: Int) throws -> [(
        photo: ID<ClaimPhoto>, likeness: Likeness
    )] {
        try tx.query(
            """
            SELECT p.id, p.likeness FROM points_claim_photo p
            WHERE p.town_id = \(town) AND p.village_id = \(village) AND p.at >= \(since) ORDER BY p.at DESC, p.id DESC LIMIT \(limit)
            """
        ).compactMap { row in
            let id: ID<ClaimPhoto> = try row.get("id")
            return Likeness(try row.get("likeness", as: [UInt8].self)).map { (id, $0) }
        }
    }

    package func photos(of claim: ID<Claim>) throws -> [ClaimPhoto] {
        try tx.query(
            """
            SELECT p.id, p.claim_id, p.position, p.full_blob, p.thumb_blob FROM points_claim_photo p
            WHERE p.town_id = \(town) AND p.claim_id = \(claim) ORDER BY p.position
            """
        ).map(ClaimPhoto.init(row:))
    }

    /// The picture; whether its claim may be seen is asked of ``ClaimStore``.
    package func find(_ id: ID<ClaimPhoto>) throws -> ClaimPhoto? {
        try tx.first(
            """
            SELECT p.id, p.claim_id, p.position, p.full_blob, p.thumb_blob FROM points_claim_photo p
            WHERE p.town_id = \(town) AND p.id = \(id)
            """
        ).map(ClaimPhoto.init(row:))
    }

    /// The earlier pictures that those of a claim look like, the likeliest first.
    package func matches(of claim: ID<Claim>) throws -> [PhotoMatch] {
        try tx.query(
            """
            SELECT m.photo_id, m.sureness, e.id, e.claim_id, e.position, e.full_blob, e.thumb_blob, c.household_id, c.at, c.stage
            FROM points_claim_photo p JOIN points_claim_match m ON m.town_id = p.town_id AND m.photo_id = p.id
                JOIN points_claim_photo e ON e.town_id = m.town_id AND e.id = m.earlier_id
                JOIN points_claim c ON c.town_id = e.town_id AND c.id = e.claim_id
            WHERE p.town_id = \(town) AND p.claim_id = \(claim) ORDER BY m.sureness DESC, m.earlier_id
            """
        ).map { row in
            PhotoMatch(
                photo: try row.get("photo_id"), earlier: try ClaimPhoto(row: row), household: try row.get("household_id"),
                at: try row.get("at"), stage: try row.get("stage"), sureness: try row.get("sureness"))
        }
    }

    /// Which of some claims have a picture that came before.
    package func repeated(among claims: [ID<Claim>]) throws -> Set<ID<Claim>> {
        guard !claims.isEmpty else { return [] }
        return Set(
            try tx.query(
                """
                SELECT DISTINCT p.claim_id FROM points_claim_photo p
                    JOIN points_claim_match m ON m.town_id = p.town_id AND m.photo_id = p.id
                WHERE p.town_id = \(town) AND p.claim_id IN (\(list: claims))
                """
            ).map { try $0.get("claim_id") })
    }
}

extension ClaimPhoto {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), claim: try row.get("claim_id"), position: try row.get("position"),
            full: try row.get("full_blob"),
            thumb: try row.get("thumb_blob"))
    }
}
