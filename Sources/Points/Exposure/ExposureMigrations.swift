package import Storage

/// The tables of the notice board. The board itself is a question asked of them by the day; no list of names is made or kept.
package enum ExposureMigrations {
    package static let all = [
        Migration(
            "points-121-exposure",
            """
            CREATE TABLE points_exposure_policy (
                town_id ID NOT NULL, village_id ID NOT NULL, decision TEXT NOT NULL, decided_on DAY NOT NULL, days_to_put_right INT NOT NULL,
                PRIMARY KEY (town_id, village_id), FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE points_exposure (
                town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, grid_id ID NOT NULL, household_id ID NOT NULL, words TEXT NOT NULL,
                is_minors FLAG NOT NULL, warned_on DAY NOT NULL, due_on DAY NOT NULL, warned_by ID NOT NULL, published_on DAY, published_by ID,
                picture TEXT, draft TEXT, end_kind TEXT, ended_on DAY, version INT NOT NULL, PRIMARY KEY (town_id, id),
                CHECK (is_minors = 0 OR published_on IS NULL), CHECK (published_on IS NULL OR published_on > due_on),
                FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
            """,
            "CREATE INDEX points_exposure_village ON points_exposure (town_id, village_id, warned_on DESC, id DESC)",
            "CREATE INDEX points_exposure_household ON points_exposure (town_id, household_id, warned_on DESC, id DESC)")
    ]
}
