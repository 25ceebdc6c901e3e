import Foundation
import Kernel
import Storage
import StoragePostgres

/// Migrated PostgreSQL databases of this process, one for each list of migrations, copied for every test.
actor PostgresTemplates {
    static let shared = PostgresTemplates()

    /// The URL of a database from which others can be created.
    static let maintenance = ProcessInfo.processInfo.environment["TEST_POSTGRES"]

    private let prefix = "jinlin_test_\(ProcessInfo.processInfo.processIdentifier)"
    private var templates: [String: Task<String, any Error>] = [:]
    private var copies = 0

    func copy(_ migrations: [Migration], _ places: Int, _ waiting: Span) async throws -> Copy {
        guard let url = Self.maintenance else { throw StorageError.unavailable("TEST_POSTGRES is not set") }
        let template = try await self.template(migrations, from: url).value
        copies += 1
        let name = "\(prefix)_\(copies)"
        let maintenance = PostgresMaintenance(url: url)
        try await maintenance.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        let database = PostgresDatabase(url: Self.url(of: name, beside: url), connections: places, waiting: waiting)
        return Copy(database: database) {
            try? await maintenance.run("DROP DATABASE \(name) WITH (FORCE)")
        }
    }

    private func template(_ migrations: [Migration], from url: String) -> Task<String, any Error> {
        let fingerprint = templateName(migrations, for: .postgres)
        if let known = templates[fingerprint] { return known }
        let name = "\(prefix)_template_\(fingerprint)"
        let task = Task {
            try await PostgresMaintenance(url: url).run("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
            let database = PostgresDatabase(url: Self.url(of: name, beside: url), connections: 1)
            _ = try await database.apply(migrations, at: Instant(milliseconds: 0), fingerprint: testFingerprint)
            await database.close()
            return name
        }
        templates[fingerprint] = task
        return task
    }

    /// `url` with its path, the database's name, replaced.
    static func url(of name: String, beside url: String) -> String {
        var components = URLComponents(string: url)
        components?.path = "/\(name)"
        return components?.string ?? url
    }
}
