package import Storage

/// Which columns a place takes along of which list.
package enum ExportsMigrations {
    package static let all = [
        Migration(
            "exports-001-choice",
            """
            CREATE TABLE export_choice (
                town_id ID NOT NULL, place_id ID NOT NULL, list TEXT NOT NULL, columns TEXT NOT NULL, changed_at INSTANT NOT NULL,
                PRIMARY KEY (town_id, place_id, list), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """),
        // Other offices' forms: what they look like and what fills them. No rows, and no numbers of people.
        Migration(
            "exports-002-form",
            """
            CREATE TABLE export_form (
                town_id ID NOT NULL, id ID NOT NULL, place_id ID NOT NULL, list TEXT NOT NULL, name TEXT NOT NULL, shape TEXT NOT NULL,
                signature TEXT NOT NULL, sources TEXT NOT NULL, changed_at INSTANT NOT NULL,
                PRIMARY KEY (town_id, id), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """,
            "CREATE INDEX export_form_place ON export_form (town_id, place_id, list, changed_at, id)"),
    ]
}
