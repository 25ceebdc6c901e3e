package import Kernel
package import Storage

/// Every statement about stations.
package struct StationStore {
    private let tx: any Transaction
    private let town: ID<Town>

    package init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The station of exactly this grid.
    package func station(of grid: ID<GridNode>) throws -> Station? {
        try tx.first("SELECT \(Self.columns) FROM station s WHERE s.town_id = \(town) AND s.grid_id = \(grid)").map(
            Station.init(row:))
    }

    /// The stations of the grid and of everything below it.
    package func stations(under grid: ID<GridNode>) throws -> [Station] {
        try tx.query(
            """
            SELECT \(Self.columns) FROM grid_closure c JOIN station s ON s.town_id = c.town_id AND s.grid_id = c.descendant_id
            WHERE c.town_id = \(town) AND c.ancestor_id = \(grid) ORDER BY s.grid_id, s.id
            """
        ).map(Station.init(row:))
    }

    /// Gives a grid's station to another grid that has none.
    func give(from grid: ID<GridNode>, to other: ID<GridNode>) throws {
        try tx.execute(
            """
            UPDATE station SET grid_id = \(other) WHERE town_id = \(town) AND grid_id = \(grid)
                AND NOT EXISTS (SELECT 1 FROM station o WHERE o.town_id = \(town) AND o.grid_id = \(other))
            """)
    }

    /// Where stations are, by grid, as far as it is known.
    func places() throws -> [ID<GridNode>: Coordinate] {
        let rows = try tx.query(
            "SELECT \(Self.columns) FROM station s WHERE s.town_id = \(town) AND s.longitude IS NOT NULL ORDER BY s.grid_id")
        let stations = try rows.map(Station.init(row:))
        return Dictionary(stations.compactMap { station in station.place.map { (station.grid, $0) } }) { first, _ in first }
    }

    /// How many stations there are in each state within `scope`.
    package func counts(in scope: Scope) throws -> [Station.BuildStatus: Int] {
        let rows = try tx.query(
            """
            SELECT s.build_status, count(*) AS stations FROM station s
            WHERE s.town_id = \(town) AND \(GridScope.predicate(scope, town: town, grid: "s.grid_id"))
            GROUP BY s.build_status ORDER BY s.build_status
            """)
        return Dictionary(try rows.map { (try $0.get("build_status"), try $0.get("stations")) }) { first, _ in first }
    }

    /// Stores a station; a grid's station that is there already keeps its id.
    package func put(_ station: Station) throws {
        try tx.execute(
            """
            INSERT INTO station (town_id, id, grid_id, name, address, host_venue, build_status, rules_posted, longitude, latitude, phone,
                hours)
            VALUES (\(town), \(station.id), \(station.grid), \(station.name), \(station.address), \(station.hostVenue), \(station.buildStatus),
                \(station.rulesPosted), \(station.place?.longitude), \(station.place?.latitude), \(station.phone), \(station.hours))
            ON CONFLICT (town_id, grid_id) DO UPDATE SET name = excluded.name, address = excluded.address, host_venue = excluded.host_venue,
                build_status = excluded.build_status, rules_posted = excluded.rules_posted, longitude = excluded.longitude,
                latitude = excluded.latitude, phone = excluded.phone, hours = excluded.hours
            """)
    }

    private static let columns: SQL =
        "s.id, s.grid_id, s.name, s.address, s.host_venue, s.build_status, s.rules_posted, s.longitude, s.latitude, s.phone, s.hours"
}

extension Station {
    fileprivate init(row: Row) throws {
        let (longitude, latitude) = (try row.get("longitude", as: Double?.self), try row.get("latitude", as: Double?.self))
        let place: Coordinate? =
            if let longitude, let latitude { Coordinate(longitude: longitude, latitude: latitude) } else { nil }
        self.init(
            id: try row.get("id"), grid: try row.get("grid_id"), name: try row.get("name"), address: try row.get("address"),
            hostVenue: try row.get("host_venue"), buildStatus: try row.get("build_status"),
            rulesPosted: try row.get("rules_posted"), place: place,
            phone: try row.get("phone"), hours: try row.get("hours"))
    }
}
