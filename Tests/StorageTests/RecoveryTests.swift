import Kernel
import Storage
import StoragePostgres
import StorageSQLite
import TestSupport
import Testing

/// Full, locked, closed, gone: an answer of "not now", and no restart needed afterwards.
@Suite struct RecoveryTests {
    @Test(arguments: Engine.available)
    func `refuses after the waiting time when every place is taken`(_ engine: Engine) async throws {
        try await withDatabase(engine, places: 1, waiting: Span(milliseconds: 30)) { database in
            let gate = Gate()
            async let first = database.read { _ in gate.wait() }
            await gate.arrival()
            await expect(.unavailable) { try await database.read { _ in } }
            gate.open()
            try await first
            try await database.read { _ in }
        }
    }

    @Test(arguments: Engine.available)
    func `serves those who wait in turn`(_ engine: Engine) async throws {
        try await withDatabase(engine, places: 1) { database in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...50 { group.addTask { try await database.read { try $0.value("SELECT \(number) + 0") ?? 0 } } }
                return try await group.reduce(0, +)
            }
            #expect(sum == 1275)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses after closing`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            try await ledger.add(1)
            await ledger.database.close()
            await expect(.unavailable) { _ = try await ledger.balance() }
            await expect(.unavailable) { try await ledger.add(1) }
            await expect(.unavailable) { try await ledger.database.migrate { _ in } }
        }
    }

    @Test(arguments: Engine.available)
    func `syncs its log before it answers`(_ engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let level = try await database.write { tx in
                switch tx.dialect {
                case .sqlite: try tx.query("PRAGMA synchronous").first?.values
                case .postgres: try tx.query("SELECT current_setting('synchronous_commit')").first?.values
                }
            }
            #expect(level == (engine == .sqlite ? [.integer(2)] : [.text("on")]))
        }
    }
}

/// What can only happen to a file.
@Suite struct FileRecoveryTests {
    @Test func `a locked file is unavailable until the lock is gone`() async throws {
        try await withDatabasePath { path in
            let holder = try SQLiteDatabase(path: path)
            try await holder.migrate { try $0.define("CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY) STRICT") }
            let other = try SQLiteDatabase(path: path, lockWaiting: Span(milliseconds: 20))
            let gate = Gate()
            async let holding = holder.write { _ in gate.wait() }
            await gate.arrival()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        await expect(.unavailable) { try await other.write { try $0.enqueue("INSERT INTO a (id) VALUES (1)") } }
                    }
                }
            }
            gate.open()
            try await holding
            try await other.write { try $0.enqueue("INSERT INTO a (id) VALUES (2)") }
            #expect(try await other.read { try $0.query("SELECT id FROM a").map(\.values) } == [[.integer(2)]])
            await other.close()
            await holder.close()
        }
    }

    @Test func `a full disk is unavailable until there is space`() async throws {
        try await withLedger(.sqlite) { ledger in
            let (town, id, big) = (ledger.town, ledger.ambient.newID(Town.self), [UInt8](repeating: 7, count: 1 << 20))
            let fill: @Sendable () async throws -> Void = {
                try await ledger.database.write { tx in
                    try tx.enqueue("INSERT INTO sample (town_id, id, blob) VALUES (\(town), \(id), \(big))")
                }
            }
            // A limit on the file's size makes SQLite answer SQLITE_FULL, as a full disk does.
            try await ledger.database.migrate { _ = try $0.query("PRAGMA max_page_count = 1") }
            await expect(.unavailable) { try await fill() }
            try await ledger.database.migrate { _ = try $0.query("PRAGMA max_page_count = 1073741823") }
            try await fill()
            try await ledger.add(1)
            let found = try await ledger.balance()
            #expect(found == 1)
        }
    }

    @Test func `a file that is no database is named so`() async throws {
        try await withDatabasePath { path in
            try writeText(String(repeating: "not a database ", count: 1000), to: path)
            await expect(.corrupt) { _ = try SQLiteDatabase(path: path) }
            await expect(.unavailable) { _ = try SQLiteDatabase(path: path + "/nowhere/file.sqlite") }
        }
    }

    @Test func `a backup made while serving opens and has everything`() async throws {
        try await withLedger(.sqlite) { ledger in
            let database = try #require(ledger.database as? SQLiteDatabase)
            try await withDatabasePath { path in
                for round in 1...2 {
                    try await ledger.add(1)
                    try await database.backup(to: path)
                    let copy = try SQLiteDatabase(path: path)
                    let balance = try await OpenLedger(copy, like: ledger).balance()
                    #expect(balance == round)
                    await copy.close()
                }
            }
            await expect(.unavailable) { try await database.backup(to: "/nowhere/backup.sqlite") }
        }
    }
}

/// What can only happen to a server.
@Suite(.enabled(if: Engine.available.contains(.postgres))) struct ServerRecoveryTests {
    private static let cutAll: SQL = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """

    @Test func `replaces idle connections that the server has closed`() async throws {
        try await withLedger(.postgres) { ledger in
            // Several connections, then all but one are cut.
            let gates = (0..<4).map { _ in Gate() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for gate in gates { group.addTask { try await ledger.database.read { _ in gate.wait() } } }
                for gate in gates { await gate.arrival() }
                for gate in gates { gate.open() }
                try await group.waitForAll()
            }
            _ = try await ledger.database.read { try $0.query(Self.cutAll) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await ledger.add(1) } }
                try await group.waitForAll()
            }
            let found = try await ledger.balance()
            #expect(found == 20)
        }
    }

    @Test func `runs a write again when its connection breaks before the commit`() async throws {
        try await withLedger(.postgres) { ledger in
            let (town, tries) = (ledger.town, Counter())
            try await ledger.database.write { tx in
                try tx.enqueue("UPDATE account SET balance = balance + 1 WHERE town_id = \(town)")
                if tries.next() == 1 { _ = try tx.query("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(tries.next() == 3)
            let found = try await ledger.balance()
            #expect(found == 1)
        }
    }

    @Test func `is unavailable while connections break, and recovers`() async throws {
        try await withLedger(.postgres) { ledger in
            await expect(.unavailable) {
                try await ledger.database.write { _ = try $0.query("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            try await ledger.add(1)
            let found = try await ledger.balance()
            #expect(found == 1)
        }
    }

    @Test func `is unavailable when there is no server`() async throws {
        let database = PostgresDatabase(url: "postgres://nobody@127.0.0.1:1/none")
        await expect(.unavailable) { try await database.read { _ in } }
        await expect(.unavailable) { try await database.write { _ in } }
        await database.close()
    }
}
