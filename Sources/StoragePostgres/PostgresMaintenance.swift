import Storage

/// Commands about whole databases, such as `CREATE DATABASE`, which PostgreSQL refuses in a transaction.
package struct PostgresMaintenance: Sendable {
    private let url: String

    /// - Parameter url: the connection URI of a database to work from, usually `…/postgres`.
    package init(url: String) { self.url = url }

    /// Runs one command on a connection of its own.
    /// - Throws: ``StorageError``.
    package func run(_ command: String) async throws {
        let session = PostgresSession(url: url)
        try await session.command(command)
        await session.close()
    }
}
