import Storage

/// The small schema of these tests.
enum Ledger {
    static let migrations = [
        Migration(
            "ledger-001",
            "CREATE TABLE account (town_id ID NOT NULL, id ID NOT NULL, name TEXT NOT NULL, balance BIG NOT NULL CHECK (balance >= 0), PRIMARY KEY (town_id, id), UNIQUE (town_id, name))",
            """
            CREATE TABLE entry (town_id ID NOT NULL, id ID NOT NULL, account_id ID NOT NULL, amount BIG NOT NULL,
            PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, account_id) REFERENCES account (town_id, id))
            """),
        Migration("ledger-002", statements: Migration.appendOnly("entry")),
        Migration(
            "ledger-003",
            "CREATE TABLE sample (town_id ID NOT NULL, id ID NOT NULL, words TEXT, number BIG, measure REAL, blob BYTES, PRIMARY KEY (town_id, id))"),
    ]
}
