import Storage

/// What the redaction of photos needs.
enum RedactionMigrations {
    static let all = [
        Migration(
            "matters-redaction-001",
            statements: [
                "ALTER TABLE matter_photo ADD COLUMN edition INT NOT NULL DEFAULT 0",
                "ALTER TABLE matter_photo ADD COLUMN shown_at INSTANT",
                """
                CREATE INDEX matter_photo_shown ON matter_photo (town_id, matter_id, at, event_id, position, id) WHERE shown_at IS NOT NULL
                """,
                // Files are shared by all towns of an installation: who still has one is asked across them.
                "CREATE INDEX matter_photo_full ON matter_photo (full_blob)",
                "CREATE INDEX matter_photo_thumb ON matter_photo (thumb_blob)",
                "CREATE INDEX joint_evidence_full ON joint_evidence (full_blob)",
                "CREATE INDEX joint_evidence_thumb ON joint_evidence (thumb_blob)",
                """
                CREATE TABLE matter_photo_act (
                    town_id ID NOT NULL, id ID NOT NULL, photo_id ID NOT NULL, matter_id ID NOT NULL, kind TEXT NOT NULL, edition INT NOT NULL,
                    boxes INT NOT NULL, keeps_original FLAG NOT NULL, at INSTANT NOT NULL, account_id ID, actor_name TEXT, actor_post TEXT,
                    digest TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, photo_id) REFERENCES matter_photo (town_id, id))
                """,
                "CREATE INDEX matter_photo_act_matter ON matter_photo_act (town_id, matter_id, at, id)",
                // Its id is the photo's: a picture has one original at most.
                """
                CREATE TABLE matter_photo_original (
                    town_id ID NOT NULL, id ID NOT NULL, at INSTANT NOT NULL, last_day DAY NOT NULL, sealed BYTES NOT NULL,
                    PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, id) REFERENCES matter_photo (town_id, id))
                """,
                "CREATE INDEX matter_photo_original_over ON matter_photo_original (town_id, last_day, id)",
                // Files that nothing refers to any more, until they are gone from the disk.
                """
                CREATE TABLE matter_photo_removal (
                    town_id ID NOT NULL, blob TEXT NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, blob))
                """,
            ] + Migration.appendOnly("matter_photo_act"))
    ]
}
