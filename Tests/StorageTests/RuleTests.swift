import Kernel
import Storage
import TestSupport
import Testing

/// What the database refuses, and what a refusal leaves behind.
@Suite struct RuleTests {
    @Test(arguments: Engine.available)
    func `names the broken constraint's kind`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            await expect(.unique) { try await ledger.open("安平") }
            await expect(.foreign) { try await ledger.enter(1, account: ledger.ambient.newID()) }
            await expect(.check) { try await ledger.add(-1) }
            let (town, id) = (ledger.town, ledger.ambient.newID(Town.self))
            await expect(.check) {
                try await ledger.database.write { tx in
                    _ = try tx.execute("INSERT INTO account (town_id, id, balance) VALUES (\(town), \(id), 1)")
                }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses to change or delete rows of an append-only table`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            try await ledger.enter(5, account: ledger.account)
            let town = ledger.town
            await expect(.check) {
                try await ledger.database.write { tx in _ = try tx.execute("UPDATE entry SET amount = 6 WHERE town_id = \(town)")
                }
            }
            await expect(.check) {
                try await ledger.database.write { tx in _ = try tx.execute("DELETE FROM entry WHERE town_id = \(town)") }
            }
            #expect(try await ledger.entries() == [5])
        }
    }

    @Test(arguments: Engine.available)
    func `rolls back everything when the closure throws`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let (town, account) = (ledger.town, ledger.account)
            await #expect(throws: Conflict("changed-my-mind")) {
                try await ledger.database.write { tx in
                    try tx.execute("UPDATE account SET balance = 7 WHERE town_id = \(town) AND id = \(account)")
                    #expect(try tx.value("SELECT balance FROM account WHERE town_id = \(town)") == 7)
                    throw Conflict("changed-my-mind")
                }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `fails the transaction when an enqueued statement fails`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let (town, account, id) = (ledger.town, ledger.account, ledger.ambient.newID(Town.self))
            await expect(.unique) {
                try await ledger.database.write { tx in
                    try tx.enqueue("UPDATE account SET balance = 7 WHERE town_id = \(town) AND id = \(account)")
                    try tx.enqueue("INSERT INTO account (town_id, id, name, balance) VALUES (\(town), \(id), \("安平"), 0)")
                    try tx.enqueue("UPDATE account SET balance = 8 WHERE town_id = \(town) AND id = \(account)")
                }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `reports an enqueued statement's failure at the next question`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let town = ledger.town
            await expect(.check) {
                try await ledger.database.write { tx in
                    try tx.enqueue("UPDATE account SET balance = -1 WHERE town_id = \(town)")
                    _ = try tx.query("SELECT name FROM account WHERE town_id = \(town)")
                    throw Conflict("not reached")
                }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `does not commit when the closure hides a statement's failure`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let town = ledger.town
            await expect(.check) {
                try await ledger.database.write { tx in
                    try tx.execute("UPDATE account SET balance = 9 WHERE town_id = \(town)")
                    _ = try? tx.execute("UPDATE account SET balance = -1 WHERE town_id = \(town)")
                }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `refuses to write in a read`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let town = ledger.town
            await expect(.other) {
                try await ledger.database.read { tx in
                    _ = try tx.execute("UPDATE account SET balance = 9 WHERE town_id = \(town)")
                }
            }
            await expect(.other) {
                try await ledger.database.read { tx in try tx.enqueue("UPDATE account SET balance = 9 WHERE town_id = \(town)") }
            }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `reports a statement that is no SQL and goes on`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            await expect(.other) { try await ledger.database.write { tx in try tx.enqueue("SELEKT 1") } }
            await expect(.other) { try await ledger.database.write { tx in try tx.enqueue("SELEKT 1") } }
            await expect(.other) { try await ledger.database.read { tx in _ = try tx.query("SELECT nothing FROM account") } }
            let balance = try await ledger.balance()
            #expect(balance == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `counts changed rows`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let (town, other) = (ledger.town, ledger.ambient.newID(Town.self))
            let counts = try await ledger.database.write { tx in
                [
                    try tx.execute("UPDATE account SET balance = 3 WHERE town_id = \(town)"),
                    try tx.execute("SELECT name FROM account WHERE town_id = \(town)"),
                    try tx.execute("UPDATE account SET balance = 3 WHERE town_id = \(other)"),
                    try tx.execute(
                        """
                        INSERT INTO account (town_id, id, name, balance) VALUES (\(town), \(other), \("安平"), 0)
                        ON CONFLICT (town_id, name) DO NOTHING
                        """),
                ]
            }
            #expect(counts == [1, 0, 0, 0])
        }
    }
}
