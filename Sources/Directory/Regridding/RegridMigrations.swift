import Storage

/// Households that move between grids, and where they are.
enum RegridMigrations {
    static let all = [
        Migration(
            "directory-regrid-001-place",
            "ALTER TABLE household ADD COLUMN longitude REAL",
            "ALTER TABLE household ADD COLUMN latitude REAL"),
        Migration(
            "directory-regrid-002-move",
            statements: [
                """
                CREATE TABLE household_move (
                    town_id ID NOT NULL, id ID NOT NULL, household_id ID NOT NULL, from_grid_id ID NOT NULL, to_grid_id ID NOT NULL,
                    day DAY NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, id), CHECK (from_grid_id <> to_grid_id),
                    FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id),
                    FOREIGN KEY (town_id, from_grid_id) REFERENCES grid (town_id, id),
                    FOREIGN KEY (town_id, to_grid_id) REFERENCES grid (town_id, id))
                """,
                "CREATE INDEX household_move_household ON household_move (town_id, household_id, day, at)",
            ] + Migration.appendOnly("household_move")),
    ]
}
