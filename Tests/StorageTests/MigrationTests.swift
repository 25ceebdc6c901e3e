import Kernel
import Storage
import TestSupport
import Testing

/// Steps of the schema run once, in order, and may not be edited afterwards.
@Suite struct MigrationTests {
    private let now = Instant.testStart

    @Test(arguments: Engine.available)
    func `applies each step once`(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let first = [Migration("a", "CREATE TABLE a (id ID NOT NULL PRIMARY KEY)")]
            let both = first + [Migration("b", "ALTER TABLE a ADD COLUMN name TEXT")]
            var applied: [[String]] = []
            for steps in [first, first, both] {
                applied.append(try await database.apply(steps, at: now, fingerprint: testFingerprint))
            }
            #expect(applied == [["a"], [], ["b"]])
            #expect(try await database.read { try $0.query("SELECT name FROM a").count } == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses a step that was edited after it ran`(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            _ = try await database.apply([Migration("a", "CREATE TABLE a (id ID)")], at: now, fingerprint: testFingerprint)
            await #expect(throws: AlteredMigration.self) {
                try await database.apply([Migration("a", "CREATE TABLE a (id BIG)")], at: now, fingerprint: testFingerprint)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `leaves nothing of a step that fails half-way`(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let broken = [Migration("a", "CREATE TABLE a (id ID)", "CREATE TABLE a (id ID)")]
            await expect(.other) { _ = try await database.apply(broken, at: now, fingerprint: testFingerprint) }
            let mended = [Migration("a", "CREATE TABLE a (id ID)")]
            let applied = try await database.apply(mended, at: now, fingerprint: testFingerprint)
            #expect(applied == ["a"])
        }
    }

    @Test(arguments: Engine.available)
    func `two servers that start together apply each step once`(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let steps = (0..<4).map { Migration("m\($0)", statements: [.both("CREATE TABLE m\($0) (id ID)")]) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask { _ = try await database.apply(steps, at: .testStart, fingerprint: testFingerprint) }
                }
                try await group.waitForAll()
            }
            #expect(try await database.read { try $0.value("SELECT COUNT(*) FROM schema_migration", as: Int.self) } == 4)
        }
    }

    @Test(arguments: Engine.available)
    func `statements prepared before a step go on working after it`(_ engine: Engine) async throws {
        try await withDatabase(engine, migrations: [Migration("a", "CREATE TABLE a (id BIG NOT NULL)")]) { database in
            let reader: @Sendable (any Transaction) throws -> Int = { tx in
                try tx.execute("INSERT INTO a (id) VALUES (1)")
                return try tx.query("SELECT * FROM a").count
            }
            let before = try await database.write(reader)
            try await database.migrate { try $0.define("ALTER TABLE a ADD COLUMN name TEXT") }
            #expect(try await [before, database.write(reader)] == [1, 2])
        }
    }
}
