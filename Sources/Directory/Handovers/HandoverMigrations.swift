import Storage

/// What was handed over, by whom, to whom.
enum HandoverMigrations {
    static let all = [
        Migration(
            "directory-handover-001",
            statements: [
                """
                CREATE TABLE handover (
                    town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, from_id ID NOT NULL, from_name TEXT NOT NULL, to_id ID NOT NULL,
                    to_name TEXT NOT NULL, day DAY NOT NULL, at INSTANT NOT NULL, by_name TEXT NOT NULL, by_post TEXT NOT NULL,
                    note TEXT NOT NULL, PRIMARY KEY (town_id, id), CHECK (from_id <> to_id),
                    FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id), FOREIGN KEY (town_id, from_id) REFERENCES person (town_id, id),
                    FOREIGN KEY (town_id, to_id) REFERENCES person (town_id, id))
                """,
                "CREATE INDEX handover_grid ON handover (town_id, grid_id, at)",
                """
                CREATE TABLE handover_post (
                    town_id ID NOT NULL, handover_id ID NOT NULL, post_id ID NOT NULL, kind TEXT NOT NULL, grid_id ID NOT NULL,
                    next_id ID NOT NULL, title TEXT NOT NULL, PRIMARY KEY (town_id, handover_id, post_id),
                    FOREIGN KEY (town_id, handover_id) REFERENCES handover (town_id, id), FOREIGN KEY (town_id, post_id) REFERENCES post (town_id, id),
                    FOREIGN KEY (town_id, next_id) REFERENCES post (town_id, id))
                """,
                // What another room's line is about has no foreign key: its record may be destroyed, the pack then shows one less.
                """
                CREATE TABLE handover_line (
                    town_id ID NOT NULL, handover_id ID NOT NULL, position INT NOT NULL, kind TEXT NOT NULL, subject_id ID, words TEXT NOT NULL,
                    number INT, due_at INSTANT, PRIMARY KEY (town_id, handover_id, position),
                    FOREIGN KEY (town_id, handover_id) REFERENCES handover (town_id, id))
                """,
            ] + Migration.appendOnly("handover") + Migration.appendOnly("handover_post") + Migration.appendOnly("handover_line"))
    ]
}
