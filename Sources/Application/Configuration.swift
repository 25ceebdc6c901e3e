package import Foundation

/// How this process runs. From the command line and the environment, read in one place.
package struct Configuration: Sendable {
    /// Where the SQLite file, photos and the key file are.
    package var data: URL
    /// `postgres://…`, or nil for SQLite in `data`.
    package var database: String?
    package var host = "127.0.0.1"
    package var port = 8080
    /// Connections to PostgreSQL.
    package var connections = 16
    /// Whether people reach the site by https: cookies are then `Secure`.
    package var secure = false
    /// Whether a proxy of ours sets `X-Forwarded-For`.
    package var behindProxy = false
    /// Whether visitors are held to so many calls a minute; off for load tests only.
    package var limitsVisitors = true
    /// Where the pictures under the map come from, as the operator wrote it; nil draws the schematic map alone.
    package var tiles: Tiles?

    /// What is said of a source of tiles; whether it can be one, ``TileSource`` judges.
    package struct Tiles: Sendable {
        package var url: String
        package var crs: String
        package var approval: String
        package var attribution: String

        package init(url: String, crs: String, approval: String, attribution: String) {
            self.url = url
            self.crs = crs
            self.approval = approval
            self.attribution = attribution
        }
    }

    package init(data: URL, database: String? = nil) {
        self.data = data
        self.database = database
    }

    package static let version = "0.1.0"
}
