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

    package init(data: URL, database: String? = nil) {
        self.data = data
        self.database = database
    }

    package static let version = "0.1.0"
}
