import Storage

extension PointsMigrations {
    /// A round, who inspects whom, the sheets that were handed in (the pair names the one that counts), and who comes out best.
    static let rounds: [Migration.Statement] =
        [
            """
            CREATE TABLE points_round (
                town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, week DAY NOT NULL, month TEXT NOT NULL, villagers_set_id ID NOT NULL,
                tenants_set_id ID, draw TEXT NOT NULL, seed TEXT NOT NULL, stage TEXT NOT NULL, opened_at INSTANT NOT NULL, notice_until DAY,
                posted_at INSTANT, version INT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, village_id, week),
                FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, villagers_set_id) REFERENCES points_rule_set (town_id, id))
            """,
            "CREATE INDEX points_round_month ON points_round (town_id, village_id, month, stage)",
            """
            CREATE TABLE points_sheet (
                town_id ID NOT NULL, id ID NOT NULL, round_id ID NOT NULL, target_grid_id ID NOT NULL, number INT NOT NULL, why TEXT NOT NULL,
                at INSTANT NOT NULL, account_id ID NOT NULL, post TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (town_id, id),
                UNIQUE (town_id, round_id, target_grid_id, number),
                FOREIGN KEY (town_id, round_id) REFERENCES points_round (town_id, id))
            """,
            """
            CREATE TABLE points_pair (
                town_id ID NOT NULL, round_id ID NOT NULL, team_grid_id ID NOT NULL, target_grid_id ID NOT NULL, sheet_id ID,
                PRIMARY KEY (town_id, round_id, target_grid_id), UNIQUE (town_id, round_id, team_grid_id), CHECK (team_grid_id <> target_grid_id),
                FOREIGN KEY (town_id, round_id) REFERENCES points_round (town_id, id),
                FOREIGN KEY (town_id, sheet_id) REFERENCES points_sheet (town_id, id))
            """,
            """
            CREATE TABLE points_score (
                town_id ID NOT NULL, sheet_id ID NOT NULL, household_id ID NOT NULL, seen FLAG NOT NULL, deducted INT NOT NULL CHECK (deducted >= 0),
                items TEXT NOT NULL, PRIMARY KEY (town_id, sheet_id, household_id),
                FOREIGN KEY (town_id, sheet_id) REFERENCES points_sheet (town_id, id),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
            """,
            """
            CREATE TABLE points_model (
                town_id ID NOT NULL, round_id ID NOT NULL, household_id ID NOT NULL, grid_id ID NOT NULL, place INT NOT NULL, deducted INT NOT NULL,
                reason TEXT NOT NULL, PRIMARY KEY (town_id, round_id, household_id),
                FOREIGN KEY (town_id, round_id) REFERENCES points_round (town_id, id))
            """,
            "CREATE INDEX points_model_household ON points_model (town_id, household_id, round_id)",
            """
            CREATE TABLE points_objection (
                town_id ID NOT NULL, id ID NOT NULL, round_id ID NOT NULL, household_id ID NOT NULL, words TEXT NOT NULL, at INSTANT NOT NULL,
                account_id ID NOT NULL, stage TEXT NOT NULL, answer TEXT NOT NULL, answered_at INSTANT, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, round_id) REFERENCES points_round (town_id, id))
            """,
            "CREATE INDEX points_objection_round ON points_objection (town_id, round_id, at, id)",
        ] + Migration.appendOnly("points_sheet") + Migration.appendOnly("points_score")

    /// A closed month, who got its points, and the flag on its way from door to door.
    static let months: [Migration.Statement] = [
        """
        CREATE TABLE points_month (
            town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, month TEXT NOT NULL, rounds INT NOT NULL, flag_scope TEXT NOT NULL,
            seed TEXT NOT NULL, closed_at INSTANT NOT NULL, account_id ID, post TEXT NOT NULL, PRIMARY KEY (town_id, id),
            UNIQUE (town_id, village_id, month), FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
        """,
        """
        CREATE TABLE points_month_prize (
            town_id ID NOT NULL, month_id ID NOT NULL, grid_id ID NOT NULL, household_id ID NOT NULL, score INT NOT NULL, reason TEXT NOT NULL,
            has_flag FLAG NOT NULL, flag_returned DAY, PRIMARY KEY (town_id, month_id, grid_id),
            FOREIGN KEY (town_id, month_id) REFERENCES points_month (town_id, id))
        """,
        "CREATE INDEX points_month_prize_household ON points_month_prize (town_id, household_id, month_id)",
    ]

    /// The day of each month, its areas, and who signed up and came.
    static let environmentDays: [Migration.Statement] = [
        """
        CREATE TABLE points_environment_day (
            town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, month TEXT NOT NULL, third DAY NOT NULL, day DAY NOT NULL,
            why TEXT NOT NULL, stage TEXT NOT NULL, version INT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, village_id, month),
            FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
        """,
        """
        CREATE TABLE points_environment_area (
            town_id ID NOT NULL, id ID NOT NULL, day_id ID NOT NULL, grid_id ID NOT NULL, words TEXT NOT NULL, PRIMARY KEY (town_id, id),
            FOREIGN KEY (town_id, day_id) REFERENCES points_environment_day (town_id, id),
            FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
        """,
        "CREATE INDEX points_environment_area_day ON points_environment_area (town_id, day_id, id)",
        """
        CREATE TABLE points_environment_signup (
            town_id ID NOT NULL, id ID NOT NULL, day_id ID NOT NULL, area_id ID NOT NULL, household_id ID NOT NULL, person_id ID, at INSTANT NOT NULL,
            came FLAG, PRIMARY KEY (town_id, id), UNIQUE (town_id, day_id, household_id),
            FOREIGN KEY (town_id, day_id) REFERENCES points_environment_day (town_id, id),
            FOREIGN KEY (town_id, area_id) REFERENCES points_environment_area (town_id, id),
            FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
        """,
    ]
}
