import Foundation
import Storage

/// Migrated PostgreSQL databases of this process, one for each list of migrations, copied for every test.
actor PostgresTemplates {
    static let shared = PostgresTemplates()
    static let maintenance: String? = nil

    func copy(_ migrations: [Migration]) async throws -> Copy { throw StorageError.unavailable("no TEST_POSTGRES") }
}
