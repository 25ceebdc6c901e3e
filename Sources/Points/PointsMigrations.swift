package import Storage

/// The tables of points. Everything hangs on a village's grid or on a household of the directory.
package enum PointsMigrations {
    package static let all = [
        Migration(
            "points-001-rules",
            """
            CREATE TABLE points_rule_set (
                town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, audience TEXT NOT NULL, version INT NOT NULL, valid_from DAY,
                decision TEXT, decided_on DAY, allows_debt FLAG NOT NULL, PRIMARY KEY (town_id, id),
                UNIQUE (town_id, village_id, audience, version), CHECK ((decision IS NULL) = (valid_from IS NULL)),
                CHECK ((decision IS NULL) = (decided_on IS NULL)), FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE points_rule (
                town_id ID NOT NULL, id ID NOT NULL, rule_set_id ID NOT NULL, code TEXT NOT NULL, domain TEXT NOT NULL, name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL, points INT NOT NULL CHECK (points <> 0), cap_day INT, cap_week INT, cap_month INT, cap_year INT,
                evidence TEXT NOT NULL, approver TEXT NOT NULL, use TEXT NOT NULL, expiry_months INT, position INT NOT NULL,
                PRIMARY KEY (town_id, id), UNIQUE (town_id, rule_set_id, code),
                FOREIGN KEY (town_id, rule_set_id) REFERENCES points_rule_set (town_id, id))
            """),
        Migration(
            "points-002-ledger",
            statements: [
                """
                CREATE TABLE points_wallet (
                    town_id ID NOT NULL, household_id ID NOT NULL, village_id ID NOT NULL, card TEXT NOT NULL, balance INT NOT NULL,
                    may_owe FLAG NOT NULL, last_at INSTANT, PRIMARY KEY (town_id, household_id), UNIQUE (town_id, card),
                    CHECK (balance >= 0 OR may_owe = 1), FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id),
                    FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
                """,
                "CREATE INDEX points_wallet_village ON points_wallet (town_id, village_id, household_id, balance)",
                """
                CREATE TABLE points_entry (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, household_id ID NOT NULL, person_id ID, source TEXT NOT NULL,
                    destination TEXT NOT NULL, points INT NOT NULL CHECK (points > 0), asked INT NOT NULL CHECK (asked >= points),
                    rule_set_id ID, rule_code TEXT, domain TEXT, cause TEXT NOT NULL, cause_id ID, reverses_id ID, note TEXT NOT NULL,
                    day DAY NOT NULL, at INSTANT NOT NULL, account_id ID, post TEXT NOT NULL, expires DAY, PRIMARY KEY (town_id, id),
                    CHECK ((source = 'household') <> (destination = 'household')),
                    FOREIGN KEY (town_id, household_id) REFERENCES points_wallet (town_id, household_id),
                    FOREIGN KEY (town_id, rule_set_id) REFERENCES points_rule_set (town_id, id),
                    FOREIGN KEY (town_id, reverses_id) REFERENCES points_entry (town_id, id))
                """,
                "CREATE INDEX points_entry_household ON points_entry (town_id, household_id, at DESC, id DESC)",
                "CREATE INDEX points_entry_cap ON points_entry (town_id, household_id, rule_code, day, points, source)",
                "CREATE INDEX points_entry_village ON points_entry (town_id, village_id, day, source, destination, domain, points)",
                "CREATE UNIQUE INDEX points_entry_reverses ON points_entry (town_id, reverses_id) WHERE reverses_id IS NOT NULL",
                "CREATE INDEX points_entry_expires ON points_entry (town_id, expires, household_id) WHERE expires IS NOT NULL",
            ] + Migration.appendOnly("points_entry")),
        Migration(
            "points-003-scheme",
            """
            CREATE TABLE points_scheme (
                town_id ID NOT NULL, village_id ID NOT NULL, draw TEXT NOT NULL, models_per_grid INT NOT NULL, notice_days INT NOT NULL,
                flag_scope TEXT NOT NULL, PRIMARY KEY (town_id, village_id), FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
            """),
        Migration("points-004-round", statements: rounds),
        Migration("points-005-month", statements: months),
        Migration("points-006-environment", statements: environmentDays),
        Migration(
            "points-007-event",
            statements: [
                """
                CREATE TABLE points_event (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, at INSTANT NOT NULL, account_id ID, post TEXT NOT NULL,
                    act TEXT NOT NULL, subject_id ID NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
                """,
                "CREATE INDEX points_event_village ON points_event (town_id, village_id, at DESC, id DESC)",
            ] + Migration.appendOnly("points_event")),
    ]
}
