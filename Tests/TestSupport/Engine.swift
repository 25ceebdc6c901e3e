package import Kernel
package import Storage

/// The engines a test runs on: SQLite always, PostgreSQL when `TEST_POSTGRES` names the maintenance database of a running
/// cluster, such as `postgres://postgres@127.0.0.1:5433/postgres` (`scripts/with-postgres` sets it).
package enum Engine: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite, postgres

    package static let available: [Engine] = PostgresTemplates.maintenance == nil ? [.sqlite] : [.sqlite, .postgres]

    package var description: String { rawValue }
}

/// Runs `body` on a database of its own, migrated with `migrations` and removed afterwards, whatever happens.
///
/// A list of migrations runs once per process and engine; every database after that is a copy of the result.
/// - Parameters:
///   - places: how many transactions may run at once (on SQLite: reads).
///   - waiting: how long others wait for a place; so long that a busy machine never decides a test.
package func withDatabase<Value>(
    _ engine: Engine, migrations: [Migration] = [], places: Int = 8, waiting: Span = .hours(1),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    let copy =
        switch engine {
        case .sqlite: try await SQLiteTemplates.shared.copy(migrations, places, waiting)
        case .postgres: try await PostgresTemplates.shared.copy(migrations, places, waiting)
        }
    let result: Result<Value, any Error>
    do {
        result = .success(try await body(copy.database))
    } catch {
        result = .failure(error)
    }
    await copy.database.close()
    await copy.remove()
    return try result.get()
}

/// A database of one test.
struct Copy: Sendable {
    let database: any Database
    let remove: @Sendable () async -> Void
}

/// A short stable name for a list of migrations, and the fingerprint of one (64-bit FNV-1a; not for security).
package func testFingerprint(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
}

func templateName(_ migrations: [Migration], for dialect: Dialect) -> String {
    testFingerprint(migrations.map { $0.name + "\n" + $0.rendered(for: dialect).joined(separator: "\n") }.joined(separator: "\n"))
}
