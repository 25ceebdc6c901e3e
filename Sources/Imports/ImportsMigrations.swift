package import Storage

/// The tables of imports. What was in a file is sealed, because it is people's data; what was wrong with it is not.
package enum ImportsMigrations {
    package static let all = [
        Migration(
            "imports-001-import",
            """
            CREATE TABLE import_file (
                town_id ID NOT NULL, id ID NOT NULL, kind TEXT NOT NULL, grid_id ID, account_id ID NOT NULL, name TEXT NOT NULL,
                post TEXT NOT NULL, file_name TEXT NOT NULL, file_bytes BIG NOT NULL, state TEXT NOT NULL, policy TEXT, problem TEXT,
                survey BYTES NOT NULL, mapping TEXT, rows_read BIG NOT NULL, rows_sound BIG NOT NULL, rows_faulty BIG NOT NULL,
                rows_written BIG NOT NULL, rows_kept BIG NOT NULL, created_at INSTANT NOT NULL, changed_at INSTANT NOT NULL,
                PRIMARY KEY (town_id, id), FOREIGN KEY (town_id) REFERENCES town (town_id),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX import_file_created ON import_file (town_id, created_at, id)",
            "CREATE INDEX import_file_work ON import_file (state, changed_at) WHERE state IN ('checking', 'running', 'undoing')",
            """
            CREATE TABLE import_piece (
                town_id ID NOT NULL, import_id ID NOT NULL, number INT NOT NULL, bytes BYTES NOT NULL,
                PRIMARY KEY (town_id, import_id, number), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """,
            """
            CREATE TABLE import_batch (
                town_id ID NOT NULL, import_id ID NOT NULL, number INT NOT NULL, bytes BYTES NOT NULL,
                PRIMARY KEY (town_id, import_id, number), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """,
            """
            CREATE TABLE import_entry (
                town_id ID NOT NULL, import_id ID NOT NULL, number INT NOT NULL, entries TEXT NOT NULL,
                PRIMARY KEY (town_id, import_id, number), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """,
            """
            CREATE TABLE import_fault (
                town_id ID NOT NULL, import_id ID NOT NULL, number BIG NOT NULL, ordinal BIG NOT NULL, sheet INT NOT NULL, row_number INT NOT NULL,
                column_number INT, field TEXT, code TEXT NOT NULL, detail TEXT NOT NULL,
                PRIMARY KEY (town_id, import_id, number), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """,
            // Apart from the import itself, so that its worker can report progress while the rows are being written.
            """
            CREATE TABLE import_progress (
                town_id ID NOT NULL, import_id ID NOT NULL, worker TEXT NOT NULL, leased_until INSTANT NOT NULL, thousandths INT NOT NULL,
                PRIMARY KEY (town_id, import_id), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """,
            """
            CREATE TABLE import_mapping (
                town_id ID NOT NULL, place_id ID NOT NULL, kind TEXT NOT NULL, signature TEXT NOT NULL, fields TEXT NOT NULL,
                changed_at INSTANT NOT NULL, PRIMARY KEY (town_id, place_id, kind, signature), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """),
        Migration(
            "imports-002-fate",
            // What the sound rows come to, counted, as JSON; nil for imports of before.
            "ALTER TABLE import_file ADD COLUMN fates TEXT",
            """
            CREATE TABLE import_note (
                town_id ID NOT NULL, import_id ID NOT NULL, number BIG NOT NULL, ordinal BIG NOT NULL, sheet INT NOT NULL,
                row_number INT NOT NULL, fate TEXT NOT NULL,
                PRIMARY KEY (town_id, import_id, number), FOREIGN KEY (town_id, import_id) REFERENCES import_file (town_id, id))
            """),
    ]
}
