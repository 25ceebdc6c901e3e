package import Storage

/// The tables of claims, their pictures and objections.
package enum ClaimMigrations {
    package static let all = [
        Migration(
            "points-111-claim",
            statements: [
                """
                CREATE TABLE points_claim (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, grid_id ID NOT NULL, household_id ID NOT NULL, person_id ID,
                    rule_code TEXT NOT NULL, asked INT NOT NULL CHECK (asked <> 0), day DAY NOT NULL, words TEXT NOT NULL, channel TEXT NOT NULL,
                    account_id ID NOT NULL, post TEXT NOT NULL, at INSTANT NOT NULL, stage TEXT NOT NULL, decided_by ID, decided_post TEXT,
                    decided_at INSTANT, reason TEXT NOT NULL, points INT, version INT NOT NULL, digest TEXT NOT NULL,
                    PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id),
                    FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id),
                    FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
                """,
                "CREATE INDEX points_claim_stage ON points_claim (town_id, village_id, stage, at DESC, id DESC)",
                "CREATE INDEX points_claim_household ON points_claim (town_id, household_id, at DESC, id DESC)",
                """
                CREATE TABLE points_claim_photo (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, claim_id ID NOT NULL, position INT NOT NULL,
                    full_blob TEXT NOT NULL, thumb_blob TEXT NOT NULL, likeness BYTES NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, id),
                    UNIQUE (town_id, claim_id, position), FOREIGN KEY (town_id, claim_id) REFERENCES points_claim (town_id, id))
                """,
                "CREATE INDEX points_claim_photo_village ON points_claim_photo (town_id, village_id, at DESC, id DESC)",
                """
                CREATE TABLE points_claim_match (
                    town_id ID NOT NULL, photo_id ID NOT NULL, earlier_id ID NOT NULL, sureness INT NOT NULL,
                    PRIMARY KEY (town_id, photo_id, earlier_id), FOREIGN KEY (town_id, photo_id) REFERENCES points_claim_photo (town_id, id),
                    FOREIGN KEY (town_id, earlier_id) REFERENCES points_claim_photo (town_id, id))
                """,
            ] + Migration.appendOnly("points_claim_photo") + Migration.appendOnly("points_claim_match")),
        Migration(
            "points-112-appeal",
            """
            CREATE TABLE points_appeal (
                town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, household_id ID NOT NULL, subject TEXT NOT NULL, subject_id ID NOT NULL,
                words TEXT NOT NULL, account_id ID NOT NULL, post TEXT NOT NULL, at INSTANT NOT NULL, stage TEXT NOT NULL, answer TEXT NOT NULL,
                decided_by ID, decided_post TEXT, decided_at INSTANT, PRIMARY KEY (town_id, id), UNIQUE (town_id, subject, subject_id),
                FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
            """,
            "CREATE INDEX points_appeal_village ON points_appeal (town_id, village_id, stage, at DESC, id DESC)"),
    ]
}
