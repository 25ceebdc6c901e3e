package import Storage

/// The tables of the registers. They stand on the directory's people, households and grids.
package enum RegistersMigrations {
    /// The step after which everybody is entered into the index, by ``FillFinder``.
    package static let find = "registers-002-find"

    package static let all = own + PropertyMigrations.all

    private static let own = [
        Migration(
            "registers-001-event",
            statements: [
                """
                CREATE TABLE register_event (
                    town_id ID NOT NULL, id ID NOT NULL, at INSTANT NOT NULL, account_id ID, post TEXT, act TEXT NOT NULL,
                    subject_id ID NOT NULL, grid_id ID, detail TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id) REFERENCES town (town_id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
                """,
                "CREATE INDEX register_event_subject ON register_event (town_id, subject_id, at, id)",
            ] + Migration.appendOnly("register_event") + [
                // What a change replaced, sealed. Apart from the history, because it is destroyed with the person and sealed anew with new keys.
                """
                CREATE TABLE register_value (
                    town_id ID NOT NULL, event_id ID NOT NULL, subject_id ID NOT NULL, sealed BYTES NOT NULL,
                    PRIMARY KEY (town_id, event_id), FOREIGN KEY (town_id, event_id) REFERENCES register_event (town_id, id))
                """,
                "CREATE INDEX register_value_subject ON register_value (town_id, subject_id)",
            ]),
        Migration(
            find,
            """
            CREATE TABLE person_find (
                town_id ID NOT NULL, number BIG NOT NULL, person_id ID NOT NULL, PRIMARY KEY (town_id, number), UNIQUE (town_id, person_id),
                FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            .only(.sqlite, "CREATE UNIQUE INDEX person_find_number ON person_find (number)"),
            // The keys once more in the row: taking them out of the index again needs exactly what was put in.
            .only(.sqlite, "ALTER TABLE person_find ADD COLUMN keys TEXT NOT NULL DEFAULT ''"),
            .only(
                .sqlite,
                "CREATE VIRTUAL TABLE person_gram USING fts5 (grams, content='', columnsize=0, detail=none, tokenize='ascii')"),
            .only(.postgres, "ALTER TABLE person_find ADD COLUMN grams tsvector NOT NULL"),
            .only(.postgres, "CREATE INDEX person_find_grams ON person_find USING gin (grams)")),
        Migration(
            "registers-003-purpose",
            """
            CREATE TABLE data_purpose (
                town_id ID NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, basis TEXT NOT NULL,
                is_emergency FLAG NOT NULL, retention_days INT NOT NULL, ends_on DAY, version INT NOT NULL, PRIMARY KEY (town_id, code),
                FOREIGN KEY (town_id) REFERENCES town (town_id))
            """,
            """
            CREATE TABLE care_mark (
                town_id ID NOT NULL, id ID NOT NULL, person_id ID NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, audience TEXT NOT NULL,
                note_sealed BYTES, valid_from DAY NOT NULL, valid_to DAY NOT NULL, PRIMARY KEY (town_id, id),
                CHECK (valid_to >= valid_from), FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX care_mark_person ON care_mark (town_id, person_id, valid_to)",
            "CREATE INDEX care_mark_kind ON care_mark (town_id, kind, valid_to, person_id)",
            "CREATE INDEX care_mark_purpose ON care_mark (town_id, purpose, valid_to, id)"),
        Migration(
            "registers-004-consent",
            statements: [
                """
                CREATE TABLE consent_entry (
                    town_id ID NOT NULL, id ID NOT NULL, person_id ID NOT NULL, purpose TEXT NOT NULL, act TEXT NOT NULL, way TEXT NOT NULL,
                    guardian_id ID, at INSTANT NOT NULL, account_id ID, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id),
                    FOREIGN KEY (town_id, guardian_id) REFERENCES person (town_id, id))
                """,
                "CREATE INDEX consent_entry_person ON consent_entry (town_id, person_id, purpose, at)",
                """
                CREATE TABLE guardian (
                    town_id ID NOT NULL, id ID NOT NULL, child_id ID NOT NULL, guardian_id ID NOT NULL, relation TEXT NOT NULL,
                    valid_from DAY NOT NULL, valid_to DAY, PRIMARY KEY (town_id, id), CHECK (child_id <> guardian_id),
                    FOREIGN KEY (town_id, child_id) REFERENCES person (town_id, id),
                    FOREIGN KEY (town_id, guardian_id) REFERENCES person (town_id, id))
                """,
                "CREATE INDEX guardian_child ON guardian (town_id, child_id, valid_from)",
                "CREATE INDEX guardian_of ON guardian (town_id, guardian_id, child_id)",
            ] + Migration.appendOnly("consent_entry")),
        Migration(
            "registers-005-visit",
            """
            CREATE TABLE visit (
                town_id ID NOT NULL, id ID NOT NULL, household_id ID, enterprise_id ID, grid_id ID NOT NULL, channel TEXT NOT NULL,
                at INSTANT NOT NULL, entered_at INSTANT NOT NULL, account_id ID, by_name TEXT NOT NULL, by_post TEXT NOT NULL,
                note_sealed BYTES, PRIMARY KEY (town_id, id), CHECK ((household_id IS NULL) <> (enterprise_id IS NULL)),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX visit_household ON visit (town_id, household_id, at)",
            "CREATE INDEX visit_enterprise ON visit (town_id, enterprise_id, at)",
            "CREATE INDEX visit_grid ON visit (town_id, grid_id, at)"),
        Migration(
            "registers-006-organisation",
            """
            CREATE TABLE organisation (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, address_words TEXT,
                valid_from DAY NOT NULL, valid_to DAY, version INT NOT NULL, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX organisation_grid ON organisation (town_id, grid_id, kind, name)",
            """
            CREATE TABLE organisation_member (
                town_id ID NOT NULL, id ID NOT NULL, organisation_id ID NOT NULL, person_id ID NOT NULL, role TEXT NOT NULL,
                valid_from DAY NOT NULL, valid_to DAY, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, organisation_id) REFERENCES organisation (town_id, id),
                FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX organisation_member_of ON organisation_member (town_id, organisation_id, valid_from)",
            "CREATE INDEX organisation_member_person ON organisation_member (town_id, person_id, valid_from)",
            """
            CREATE TABLE person_skill (
                town_id ID NOT NULL, person_id ID NOT NULL, skill TEXT NOT NULL, PRIMARY KEY (town_id, person_id, skill),
                FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX person_skill_skill ON person_skill (town_id, skill, person_id)"),
        Migration(
            "registers-007-enterprise",
            """
            CREATE TABLE enterprise (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, kind TEXT NOT NULL, trade TEXT NOT NULL, name TEXT NOT NULL,
                name_folded TEXT NOT NULL, credit_code TEXT, no_code_reason TEXT, address_words TEXT NOT NULL, contact TEXT,
                phone_sealed BYTES, phone_mark TEXT, headcount INT, valid_from DAY NOT NULL, valid_to DAY, visited_at INSTANT,
                version INT NOT NULL, PRIMARY KEY (town_id, id), CHECK ((credit_code IS NULL) <> (no_code_reason IS NULL)),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX enterprise_grid ON enterprise (town_id, grid_id, kind, name, id)",
            "CREATE INDEX enterprise_code ON enterprise (town_id, credit_code) WHERE credit_code IS NOT NULL"),
        Migration(
            "registers-008-merge",
            """
            CREATE TABLE person_merge (
                town_id ID NOT NULL, id ID NOT NULL, kept_id ID NOT NULL, gone_id ID NOT NULL, at INSTANT NOT NULL,
                moved TEXT NOT NULL, undone_at INSTANT, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, kept_id) REFERENCES person (town_id, id), FOREIGN KEY (town_id, gone_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX person_merge_kept ON person_merge (town_id, kept_id, at)",
            "CREATE INDEX person_merge_gone ON person_merge (town_id, gone_id, at)",
            """
            CREATE TABLE not_duplicate (
                town_id ID NOT NULL, first_id ID NOT NULL, second_id ID NOT NULL, at INSTANT NOT NULL, account_id ID,
                PRIMARY KEY (town_id, first_id, second_id), FOREIGN KEY (town_id, first_id) REFERENCES person (town_id, id),
                FOREIGN KEY (town_id, second_id) REFERENCES person (town_id, id))
            """),
        Migration(
            "registers-009-destruction",
            statements: [
                """
                CREATE TABLE destruction_record (
                    town_id ID NOT NULL, id ID NOT NULL, at INSTANT NOT NULL, purpose TEXT NOT NULL, what TEXT NOT NULL, records INT NOT NULL,
                    reason TEXT NOT NULL, PRIMARY KEY (town_id, id), FOREIGN KEY (town_id) REFERENCES town (town_id))
                """,
                "CREATE INDEX destruction_record_at ON destruction_record (town_id, at, id)",
            ] + Migration.appendOnly("destruction_record")),
        Migration(
            "registers-010-joined",
            // What was joined to somebody is destroyed with them.
            "CREATE INDEX person_merged ON person (town_id, merged_into, id) WHERE merged_into IS NOT NULL"),
    ]
}
