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
            """)
    ]
}
