import Kernel
import Storage

/// Every statement that looks for matters near a place. Restricted ones are left out in the statement itself.
struct NearStore {
    private let tx: any Transaction
    private let town: ID<Town>
    /// How many of one kind are looked at.
    static let limit = 100

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// What may be near, for ``NearRules`` to judge: by the map within a box, and by the grid where one of both has no point.
    func candidates(_ place: MatterPlace, _ category: Category, at now: Instant) throws -> [Matter] {
        let since = now - .days(Int64(NearRules.closedDays))
        let same: SQL = "m.town_id = \(town) AND m.category = \(category.code)"
        // Each in the order of the index that it is read from, so that it stops there.
        var pieces: [(condition: SQL, order: SQL)] = []
        if let point = place.coordinate {
            let box = NearRules.box(around: point, metres: category.nearWithin)
            let within: SQL =
                """
                \(same) AND m.latitude >= \(box.latitudes.lowerBound) AND m.latitude <= \(box.latitudes.upperBound)
                    AND m.longitude >= \(box.longitudes.lowerBound) AND m.longitude <= \(box.longitudes.upperBound)
                """
            pieces = [
                ("\(within) AND m.is_open = 1", "m.latitude, m.id"),
                ("\(within) AND m.is_open = 0 AND m.closed_at >= \(since)", "m.latitude, m.id"),
            ]
        }
        let pointless: SQL = place.coordinate == nil ? "" : " AND m.latitude IS NULL"
        let here: SQL = "\(same) AND m.grid_id = \(place.grid)\(pointless)"
        // What ended lately was hardly reported long before; the index goes by when it was reported.
        let lately = since - .days(60)
        pieces += [
            ("\(here) AND m.is_open = 1", "m.reported_at DESC, m.id DESC"),
            (
                "\(here) AND m.is_open = 0 AND m.reported_at >= \(lately) AND m.closed_at >= \(since)",
                "m.reported_at DESC, m.id DESC"
            ),
        ]
        let branches = pieces.map { piece -> SQL in
            """
            SELECT b.id AS hit FROM (
                SELECT m.id FROM matter m WHERE \(piece.condition) AND m.is_restricted = 0 ORDER BY \(piece.order) LIMIT \(Self.limit)) b
            """
        }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM (\(SQL.joined(branches, separator: " UNION "))) h
            JOIN matter m ON m.town_id = \(town) AND m.id = h.hit ORDER BY m.reported_at DESC, m.id DESC
            """
        ).map(Matter.init(row:))
    }

    /// The first picture of each of some matters.
    /// - Parameter shown: only of those that everybody may see.
    func pictures(of matters: [ID<Matter>], shown: Bool = false) throws -> [ID<Matter>: ID<MatterPhoto>] {
        guard !matters.isEmpty else { return [:] }
        let which: SQL = shown ? " AND p.shown_at IS NOT NULL" : ""
        let rows = try tx.query(
            """
            SELECT p.matter_id, p.id FROM matter_photo p WHERE p.town_id = \(town) AND p.matter_id IN (\(list: matters))\(which)
            ORDER BY p.matter_id, p.at, p.event_id, p.position, p.id
            """)
        return Dictionary(try rows.map { (try $0.get("matter_id"), try $0.get("id")) }) { first, _ in first }
    }
}
