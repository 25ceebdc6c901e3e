package import Kernel
package import Storage

/// The engine for a county: PostgreSQL through libpq.
///
/// Writes are `SERIALIZABLE` unless the caller is content with a snapshot, and retried when they lose a race, so a rule
/// checked by reading before writing holds without explicit locks (docs/decisions/0002). Reads see one snapshot.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    private let url: String
    private let connections: Turnstile
    private let writes: Turnstile
    private let idle = Guarded<[PostgresSession]>([])

    /// How often a write is tried, and after how many tries it is let run without other writes of this process.
    private static let (tries, sociableTries) = (10, 2)

    /// Connects only when a connection is needed first.
    /// - Parameters:
    ///   - url: a libpq connection URI, such as `postgres://user@host:5432/name`.
    ///   - connections: how many connections at most.
    ///   - waiting: how long a caller waits for a free one.
    package init(url: String, connections: Int = 16, waiting: Span = .seconds(5)) {
        self.url = url
        self.connections = Turnstile(limit: connections, waiting: waiting)
        writes = Turnstile(limit: connections, waiting: waiting)
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await onSession { try await $0.read(body) }
    }

    package func write<Value: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        var failures = 0
        while true {
            do {
                let places = failures < Self.sociableTries ? 1 : writes.limit
                return try await writes.pass(taking: places) { try await self.onSession { try await $0.write(isolation, body) } }
            } catch StorageError.serializationFailure where failures + 1 < Self.tries {
                failures += 1
                // Writers of other processes must not meet again in step: wait up to 2, 4, 8 … 256 ms.
                try await Task.sleep(for: .microseconds(Int.random(in: 0...(1000 << min(failures, 8)))))
            }
        }
    }

    package func migrate(_ body: @escaping @Sendable (any SchemaTransaction) throws -> Void) async throws {
        try await onSession { try await $0.migrate(body) }
    }

    package func close() async {
        await writes.close()
        await connections.close()
        let sessions = idle.withLock { sessions in
            defer { sessions = [] }
            return sessions
        }
        for session in sessions { await session.close() }
    }

    /// Runs `body` on the session that was used last, whose prepared statements and caches are warmest, or on a new one.
    private func onSession<Value: Sendable>(_ body: @Sendable (PostgresSession) async throws -> Value) async throws -> Value {
        try await connections.pass {
            let session = self.idle.withLock { $0.popLast() } ?? PostgresSession(url: self.url)
            defer { self.idle.withLock { $0.append(session) } }
            return try await body(session)
        }
    }
}
