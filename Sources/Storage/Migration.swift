package import Kernel

/// One step of the schema, never changed once shipped. It names tables and columns by text, not by the product's types.
///
/// Statements are written once in our own column types, which each engine spells its way:
/// `ID` (uuid), `INSTANT` (milliseconds), `DAY` (ISO text), `INT`, `BIG`, `FLAG` (0 or 1), `REAL`, `TEXT`, `BYTES`.
package struct Migration: Sendable {
    package let name: String
    package let statements: [Statement]

    package enum Statement: Sendable, ExpressibleByStringLiteral {
        /// For both engines, in our column types.
        case both(String)
        /// For one engine, word for word: triggers, full-text indexes.
        case only(Dialect, String)

        package init(stringLiteral value: String) { self = .both(value) }
    }

    package init(_ name: String, _ statements: Statement...) {
        self.name = name
        self.statements = statements
    }

    /// The statements as `dialect` spells them.
    package func rendered(for dialect: Dialect) -> [String] {
        statements.compactMap { statement in
            switch statement {
            case .both(let text): Self.spell(text, for: dialect)
            case .only(let engine, let text): engine == dialect ? text : nil
            }
        }
    }

    private static let types: [Dialect: [String: String]] = [
        .sqlite: [
            "ID": "TEXT", "INSTANT": "INTEGER", "DAY": "TEXT", "INT": "INTEGER", "BIG": "INTEGER", "FLAG": "INTEGER",
            "BYTES": "BLOB",
        ],
        .postgres: [
            "ID": "uuid", "INSTANT": "bigint", "DAY": "text COLLATE \"C\"", "INT": "integer", "BIG": "bigint", "FLAG": "smallint",
            "REAL": "double precision", "BYTES": "bytea", "TEXT": "text COLLATE \"C\"",
        ],
    ]

    private static func spell(_ text: String, for dialect: Dialect) -> String {
        let spellings = types[dialect] ?? [:]
        var result = ""
        var word = ""
        for character in text {
            if character.isASCII, character.isLetter || character == "_" || character.isNumber {
                word.append(character)
            } else {
                result += spellings[word] ?? word
                word = ""
                result.append(character)
            }
        }
        result += spellings[word] ?? word
        let isTable = dialect == .sqlite && result.trimmed.hasPrefix("CREATE TABLE")
        return isTable ? result.trimmed + " STRICT" : result
    }

    /// Statements that make both engines refuse to change or delete rows of `table` (design.md rule 5).
    package static func appendOnly(_ table: String) -> [Statement] {
        let refusal = "\(table) is append-only"
        let onSQLite = ["UPDATE", "DELETE"].map { verb in
            Statement.only(
                .sqlite,
                """
                CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(refusal)'); END
                """)
        }
        return onSQLite + [
            .only(
                .postgres,
                """
                CREATE OR REPLACE FUNCTION \(table)_refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '\(refusal)' USING ERRCODE = '23514'; END $$
                """),
            .only(
                .postgres,
                """
                CREATE TRIGGER \(table)_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION \(table)_refuse()
                """),
        ]
    }

    package init(_ name: String, statements: [Statement]) {
        self.name = name
        self.statements = statements
    }
}

/// A migration that was applied before has another text now: somebody edited history. The server must not start.
package struct AlteredMigration: Error, Hashable {
    package let name: String
}

extension Database {
    /// Reads what every database of Jinlin holds: which migrations were applied.
    /// - Throws: ``StorageError`` when the database does not answer or is not one of ours.
    package func probe() async throws {
        _ = try await read { try $0.query("SELECT name FROM schema_migration LIMIT 1") }
    }

    /// Applies those of `migrations` that were not applied yet, in order, each in its own transaction.
    /// - Parameter fingerprint: a digest of a migration's text, to recognise one that was edited after it shipped.
    /// - Throws: ``AlteredMigration`` and ``StorageError``.
    /// - Returns: the names of those applied now.
    package func apply(
        _ migrations: [Migration], at now: Instant, fingerprint: @escaping @Sendable (String) -> String
    ) async throws -> [String] {
        let dialect = dialect
        try await migrate { schema in
            let text = "name TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL, fingerprint TEXT NOT NULL"
            try schema.define("CREATE TABLE IF NOT EXISTS schema_migration (\(text))")
        }
        let known = try await read { tx in
            try tx.query("SELECT name, fingerprint FROM schema_migration").map { row in
                (try row.get("name", as: String.self), try row.get("fingerprint", as: String.self))
            }
        }
        let applied = Dictionary(known, uniquingKeysWith: { first, _ in first })
        var fresh: [String] = []
        for migration in migrations {
            let statements = migration.rendered(for: dialect)
            let print = fingerprint(statements.joined(separator: ";\n"))
            if let before = applied[migration.name] {
                guard before == print else { throw AlteredMigration(name: migration.name) }
                continue
            }
            try await migrate { schema in
                // A second process starting at the same moment may have been faster.
                let name = migration.name
                guard try schema.first("SELECT name FROM schema_migration WHERE name = \(name)") == nil else { return }
                for statement in statements { try schema.define(statement) }
                try schema.execute(
                    "INSERT INTO schema_migration (name, applied_at, fingerprint) VALUES (\(name), \(now), \(print))")
            }
            fresh.append(migration.name)
        }
        return fresh
    }
}
