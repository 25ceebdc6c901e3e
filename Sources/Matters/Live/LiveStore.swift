import Kernel
import Storage

/// Every statement by which an open page learns that something has happened.
struct LiveStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// More than this at once is said as "more than".
    static let most = 100

    func progress(of matter: Matter) throws -> MatterProgress {
        let row = try tx.first(
            """
            SELECT (SELECT count(*) FROM matter_clock_event c WHERE c.town_id = \(town) AND c.matter_id = \(matter.id)) AS clocks,
                (SELECT count(*) FROM matter_urge u WHERE u.town_id = \(town) AND u.matter_id = \(matter.id)) AS urges,
                (SELECT count(*) FROM matter_note n WHERE n.town_id = \(town) AND n.matter_id = \(matter.id)) AS notes,
                (SELECT count(*) FROM matter_photo_act a WHERE a.town_id = \(town) AND a.matter_id = \(matter.id)) AS photos
            """)
        return MatterProgress(
            version: matter.version, clocks: try row?.get("clocks") ?? 0, urges: try row?.get("urges") ?? 0,
            notes: try row?.get("notes") ?? 0, photos: try row?.get("photos") ?? 0)
    }

    /// When anything last happened in the town: each read from the end of an index.
    func lastChange() throws -> Instant? {
        let acted: Instant? = try tx.value(
            """
            SELECT e.at FROM matter_event e WHERE e.town_id = \(town) AND e.kind <> 'reported' ORDER BY e.at DESC, e.id DESC LIMIT 1
            """)
        let reported: Instant? = try tx.value(
            """
            SELECT m.reported_at FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1
            ORDER BY m.reported_at DESC, m.id DESC LIMIT 1
            """)
        let urged: Instant? = try tx.value(
            "SELECT u.at FROM matter_urge u WHERE u.town_id = \(town) ORDER BY u.at DESC, u.village_id DESC LIMIT 1")
        return [acted, reported, urged].compactMap { $0 }.max()
    }

    /// - Parameter end: the newest moment that counts.
    func news(
        since start: Instant, until end: Instant, in reach: MatterReach, hiding restricted: RestrictedReach
    ) throws -> ListNews {
        guard !reach.pieces.isEmpty else { return ListNews(new: 0, moved: 0, at: end) }
        let within: SQL = "\(reach.condition) AND \(restricted.condition(in: town))"
        let new = try tx.query(
            """
            SELECT m.id FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1 AND m.reported_at > \(start) AND \(within)
            ORDER BY m.reported_at DESC, m.id DESC LIMIT \(Self.most)
            """
        ).map { try $0.get("id", as: ID<Matter>.self) }
        let moved = try tx.query(
            """
            SELECT DISTINCT q.matter_id FROM (
                SELECT e.matter_id FROM matter_event e WHERE e.town_id = \(town) AND e.kind <> 'reported' AND e.at > \(start)
                UNION SELECT u.matter_id FROM matter_urge u WHERE u.town_id = \(town) AND u.at > \(start)) q
            JOIN matter m ON m.town_id = \(town) AND m.id = q.matter_id
            WHERE \(within) ORDER BY q.matter_id LIMIT \(Self.most)
            """
        ).map { try $0.get("matter_id", as: ID<Matter>.self) }
        return ListNews(new: new.count, moved: Set(moved).subtracting(new).count, at: end)
    }
}
