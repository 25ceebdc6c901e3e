import Kernel
import Storage
import TestSupport
import Testing

/// How statements are written down for each engine.
@Suite struct SQLTests {
    @Test func `turns values into bindings and splices statements`() {
        let filter: SQL = "name = \("x'); DROP TABLE account; --") AND n IN (\(list: [1, 2]))"
        let sql: SQL = "SELECT id FROM account WHERE town_id = \("t") AND \(filter) AND at < \(Instant(milliseconds: 5))"
        let values: [StoredValue] = [.text("t"), .text("x'); DROP TABLE account; --"), .integer(1), .integer(2), .integer(5)]
        let sqlite = sql.rendered(for: .sqlite)
        #expect(sqlite.text == "SELECT id FROM account WHERE town_id = ? AND name = ? AND n IN (?, ?) AND at < ?")
        #expect(sqlite.values == values)
        let postgres = sql.rendered(for: .postgres)
        #expect(postgres.text == "SELECT id FROM account WHERE town_id = $1 AND name = $2 AND n IN ($3, $4) AND at < $5")
        #expect(postgres.values == values)
    }

    @Test func `joins parts`() {
        var sql: SQL = "SELECT id FROM account WHERE "
        sql += SQL.joined(["a = \(1)", "b = \(true)", "c = \(String?.none)"], separator: " AND ")
        #expect(sql.rendered(for: .postgres).text == "SELECT id FROM account WHERE a = $1 AND b = $2 AND c = $3")
        #expect(sql.rendered(for: .postgres).values == [.integer(1), .integer(1), .null])
        #expect(("x IN (\(list: [Int]()))" as SQL).rendered(for: .sqlite).text == "x IN (NULL)")
    }

    @Test(arguments: Engine.available)
    func `a hostile value stays a value`(_ engine: Engine) async throws {
        try await withLedger(engine) { ledger in
            let hostile = "安平'); DELETE FROM account; --"
            try await ledger.open(hostile)
            let town = ledger.town
            let names = try await ledger.database.read { tx in
                try tx.query(
                    "SELECT name FROM account WHERE town_id = \(town) AND name IN (\(list: [hostile, "x"])) ORDER BY name, id"
                )
                .map { try $0.get("name", as: String.self) }
            }
            #expect(names == [hostile])
        }
    }

    @Test(arguments: Engine.available, [0, 1, 63, 64, 65, 1000])
    func `takes lists of any length`(_ engine: Engine, _ count: Int) async throws {
        try await withLedger(engine) { ledger in
            let (town, names) = (ledger.town, (0..<count).map { "none \($0)" })
            for _ in 0..<2 {
                let found = try await ledger.database.read { tx in
                    try tx.query("SELECT id FROM account WHERE town_id = \(town) AND name NOT IN (\(list: names + ["x"]))").count
                }
                #expect(found == 1)
            }
        }
    }

    @Test func `spells column types for each engine and makes SQLite's tables strict`() {
        let migration = Migration(
            "m", "CREATE TABLE t (a ID NOT NULL, at INSTANT, d DAY, n BIG, ok FLAG, x REAL, b BYTES, w TEXT)")
        #expect(
            migration.rendered(for: .sqlite) == [
                "CREATE TABLE t (a TEXT NOT NULL, at INTEGER, d TEXT, n INTEGER, ok INTEGER, x REAL, b BLOB, w TEXT) STRICT"
            ])
        #expect(
            migration.rendered(for: .postgres) == [
                """
                CREATE TABLE t (a uuid NOT NULL, at bigint, d text COLLATE "C", n bigint, ok smallint, x double precision, \
                b bytea, w text COLLATE "C")
                """
            ])
    }
}
