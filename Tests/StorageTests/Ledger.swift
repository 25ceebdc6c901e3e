import Kernel
import Storage
import TestSupport
import Testing

/// The small schema of these tests: accounts with a balance and an append-only list of entries.
enum Ledger {
    static let migrations = [
        Migration(
            "ledger-001",
            """
            CREATE TABLE account (town_id ID NOT NULL, id ID NOT NULL, name TEXT NOT NULL, balance BIG NOT NULL CHECK (balance >= 0),
            PRIMARY KEY (town_id, id), UNIQUE (town_id, name))
            """,
            """
            CREATE TABLE entry (town_id ID NOT NULL, id ID NOT NULL, account_id ID NOT NULL, amount BIG NOT NULL,
            PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, account_id) REFERENCES account (town_id, id))
            """),
        Migration("ledger-002", statements: Migration.appendOnly("entry")),
        Migration(
            "ledger-003",
            """
            CREATE TABLE sample (town_id ID NOT NULL, id ID NOT NULL, words TEXT, number BIG, measure REAL, blob BYTES,
            PRIMARY KEY (town_id, id))
            """),
    ]
}

/// A database with one account, 安平, that has nothing.
struct OpenLedger {
    let database: any Database
    let ambient: Ambient
    let town: ID<Town>
    let account: ID<Town>

    init(_ database: any Database, ambient: Ambient = .fixed()) {
        self.database = database
        self.ambient = ambient
        (town, account) = (ambient.newID(), ambient.newID())
    }

    /// The same town and account in another database.
    init(_ database: any Database, like other: OpenLedger) {
        self.database = database
        (ambient, town, account) = (other.ambient, other.town, other.account)
    }

    func open(_ name: String, id: ID<Town>? = nil) async throws {
        let id = id ?? ambient.newID()
        try await database.write { [town] tx in
            _ = try tx.execute("INSERT INTO account (town_id, id, name, balance) VALUES (\(town), \(id), \(name), 0)")
        }
    }

    /// Reads the balance and writes back what it should become: only safe if nobody comes between.
    func add(_ amount: Int, _ isolation: Isolation = .serializable) async throws {
        try await database.write(isolation) { [town, account] tx in
            let found: Int? = try tx.value("SELECT balance FROM account WHERE town_id = \(town) AND id = \(account)")
            try tx.enqueue("UPDATE account SET balance = \((found ?? 0) + amount) WHERE town_id = \(town) AND id = \(account)")
        }
    }

    func enter(_ amount: Int, account: ID<Town>) async throws {
        let id = ambient.newID(Town.self)
        try await database.write { [town] tx in
            try tx.enqueue("INSERT INTO entry (town_id, id, account_id, amount) VALUES (\(town), \(id), \(account), \(amount))")
        }
    }

    /// Enters 1 unless there are `limit` entries already. `pause` comes between looking and entering.
    func enterIfFewer(
        than limit: Int, _ isolation: Isolation = .serializable, pause: @escaping @Sendable () -> Void = {}
    ) async throws {
        let id = ambient.newID(Town.self)
        try await database.write(isolation) { [town, account] tx in
            let count = try tx.value("SELECT COUNT(*) FROM entry WHERE town_id = \(town)", as: Int.self) ?? 0
            pause()
            guard count < limit else { throw Conflict("too-many") }
            try tx.enqueue("INSERT INTO entry (town_id, id, account_id, amount) VALUES (\(town), \(id), \(account), 1)")
        }
    }

    func balance() async throws -> Int? {
        try await database.read { [town, account] tx in
            try tx.value("SELECT balance FROM account WHERE town_id = \(town) AND id = \(account)")
        }
    }

    func entries() async throws -> [Int] {
        try await database.read { [town] tx in
            try tx.query("SELECT amount FROM entry WHERE town_id = \(town) ORDER BY amount, id").map { try $0.get("amount") }
        }
    }
}

/// Runs `body` on a fresh ledger.
func withLedger(_ engine: Engine, _ body: (OpenLedger) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Ledger.migrations) { database in
        let ledger = OpenLedger(database)
        try await ledger.open("安平", id: ledger.account)
        try await body(ledger)
    }
}

extension StorageError {
    /// The error without its message.
    enum Kind { case unique, foreign, check, serialization, unavailable, corrupt, other }

    var kind: Kind {
        switch self {
        case .uniqueViolation: .unique
        case .foreignKeyViolation: .foreign
        case .checkViolation: .check
        case .serializationFailure: .serialization
        case .unavailable: .unavailable
        case .corrupt: .corrupt
        case .other: .other
        }
    }
}

/// Expects `work` to fail with an error of `kind`.
func expect(_ kind: StorageError.Kind, at location: SourceLocation = #_sourceLocation, _ work: () async throws -> Void) async {
    do {
        try await work()
        Issue.record("did not fail", sourceLocation: location)
    } catch {
        #expect((error as? StorageError)?.kind == kind, "\(error)", sourceLocation: location)
    }
}
