package import Storage

/// The tables of the directory. People refer to nothing; everything else refers to grids.
package enum DirectoryMigrations {
    package static let all =
        towns + PeopleMigrations.all + HandoverMigrations.all + RegridMigrations.all + AreaMigrations.all

    private static let towns = [
        Migration(
            "directory-001-town",
            """
            CREATE TABLE town (
                town_id ID NOT NULL PRIMARY KEY, code_system TEXT NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
                host_unit TEXT NOT NULL, filing TEXT NOT NULL, duty_phone TEXT, directory_version BIG NOT NULL)
            """,
            """
            CREATE TABLE town_hostname (
                town_id ID NOT NULL, hostname TEXT NOT NULL, PRIMARY KEY (town_id, hostname), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """),
        Migration(
            "directory-002-grid",
            """
            CREATE TABLE grid (
                town_id ID NOT NULL, id ID NOT NULL, parent_id ID, level INT NOT NULL CHECK (level IN (1, 2, 3)), kind TEXT NOT NULL,
                code_system TEXT NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT, responsible_unit TEXT, boundary_words TEXT,
                supervision_phone TEXT, duty_phone TEXT, valid_from DAY NOT NULL, valid_to DAY, area_is_synthetic FLAG NOT NULL,
                PRIMARY KEY (town_id, id), UNIQUE (town_id, code_system, code, valid_from),
                CHECK ((level = 1) = (parent_id IS NULL)), CHECK (valid_to IS NULL OR valid_to >= valid_from),
                FOREIGN KEY (town_id) REFERENCES town (town_id), FOREIGN KEY (town_id, parent_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX grid_parent ON grid (town_id, parent_id, code)",
            """
            CREATE TABLE grid_closure (
                town_id ID NOT NULL, ancestor_id ID NOT NULL, descendant_id ID NOT NULL, depth INT NOT NULL,
                PRIMARY KEY (town_id, ancestor_id, descendant_id), FOREIGN KEY (town_id, ancestor_id) REFERENCES grid (town_id, id),
                FOREIGN KEY (town_id, descendant_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX grid_closure_up ON grid_closure (town_id, descendant_id, depth, ancestor_id)",
            """
            CREATE TABLE grid_area (
                town_id ID NOT NULL, grid_id ID NOT NULL, geometry TEXT NOT NULL, PRIMARY KEY (town_id, grid_id),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """),
        Migration(
            "directory-003-person",
            """
            CREATE TABLE person (
                town_id ID NOT NULL, id ID NOT NULL, name TEXT NOT NULL, phone_sealed BYTES, phone_mark TEXT, created_at INSTANT NOT NULL,
                PRIMARY KEY (town_id, id), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """,
            "CREATE INDEX person_name ON person (town_id, name, id)",
            "CREATE INDEX person_phone ON person (town_id, phone_mark) WHERE phone_mark IS NOT NULL",
            """
            CREATE TABLE household (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, address_words TEXT NOT NULL, valid_from DAY NOT NULL, valid_to DAY,
                PRIMARY KEY (town_id, id), CHECK (valid_to IS NULL OR valid_to >= valid_from),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX household_grid ON household (town_id, grid_id, address_words, id)",
            """
            CREATE TABLE residency (
                town_id ID NOT NULL, id ID NOT NULL, person_id ID NOT NULL, household_id ID NOT NULL, kind TEXT NOT NULL,
                valid_from DAY NOT NULL, valid_to DAY, PRIMARY KEY (town_id, id), CHECK (valid_to IS NULL OR valid_to >= valid_from),
                FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
            """,
            "CREATE INDEX residency_person ON residency (town_id, person_id, valid_from)",
            "CREATE INDEX residency_household ON residency (town_id, household_id, person_id)"),
        Migration(
            "directory-004-post",
            """
            CREATE TABLE post (
                town_id ID NOT NULL, id ID NOT NULL, person_id ID NOT NULL, kind TEXT NOT NULL, grid_id ID, employment TEXT,
                valid_from DAY NOT NULL, valid_to DAY, PRIMARY KEY (town_id, id), CHECK (valid_to IS NULL OR valid_to >= valid_from),
                CHECK ((kind = 'townOffice') = (grid_id IS NULL)), FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX post_grid ON post (town_id, grid_id, valid_from)",
            "CREATE INDEX post_person ON post (town_id, person_id, valid_from)"),
        Migration(
            "directory-005-village",
            """
            CREATE TABLE station (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, name TEXT NOT NULL, address TEXT, host_venue TEXT,
                build_status TEXT NOT NULL, rules_posted FLAG NOT NULL, longitude REAL, latitude REAL, phone TEXT, hours TEXT,
                PRIMARY KEY (town_id, id), UNIQUE (town_id, grid_id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE natural_village (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, name_zh TEXT NOT NULL, name_en TEXT, PRIMARY KEY (town_id, id),
                UNIQUE (town_id, grid_id, name_zh), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE village_profile (
                town_id ID NOT NULL, grid_id ID NOT NULL, village_type TEXT NOT NULL, about_zh TEXT, about_en TEXT,
                PRIMARY KEY (town_id, grid_id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE capability_switch (
                town_id ID NOT NULL, grid_id ID NOT NULL, capability TEXT NOT NULL, is_on FLAG NOT NULL, since DAY NOT NULL,
                PRIMARY KEY (town_id, grid_id, capability), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            """
            CREATE TABLE reported_figure (
                town_id ID NOT NULL, grid_id ID NOT NULL, key TEXT NOT NULL, value BIG, reported_text TEXT NOT NULL, is_derived FLAG NOT NULL,
                source TEXT NOT NULL, as_of DAY NOT NULL, PRIMARY KEY (town_id, grid_id, key, as_of),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """),
        Migration(
            "directory-006-event",
            statements: [
                """
                CREATE TABLE directory_event (
                    town_id ID NOT NULL, id ID NOT NULL, at INSTANT NOT NULL, account_id ID, post TEXT, act TEXT NOT NULL, subject_id ID NOT NULL,
                    grid_id ID, detail TEXT NOT NULL, PRIMARY KEY (town_id, id), FOREIGN KEY (town_id) REFERENCES town (town_id),
                    FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
                """,
                "CREATE INDEX directory_event_grid ON directory_event (town_id, grid_id, at)",
            ] + Migration.appendOnly("directory_event")),
        Migration(
            "directory-008-sighting", "CREATE INDEX directory_event_subject ON directory_event (town_id, subject_id, act)"),
        Migration(
            "directory-009-document",
            """
            CREATE TABLE mechanism_document (
                town_id ID NOT NULL, id ID NOT NULL, edition INT NOT NULL, grid_id ID, kind TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT,
                body_zh TEXT NOT NULL, body_en TEXT, valid_from DAY NOT NULL, valid_to DAY, PRIMARY KEY (town_id, id, edition),
                FOREIGN KEY (town_id) REFERENCES town (town_id), FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX mechanism_document_grid ON mechanism_document (town_id, grid_id, valid_from)"),
        Migration(
            "directory-007-calendar",
            """
            CREATE TABLE calendar_year (
                town_id ID NOT NULL, year INT NOT NULL, edition INT NOT NULL, is_complete FLAG NOT NULL, changed_at INSTANT NOT NULL,
                PRIMARY KEY (town_id, year), FOREIGN KEY (town_id) REFERENCES town (town_id))
            """,
            """
            CREATE TABLE calendar_day (
                town_id ID NOT NULL, day DAY NOT NULL, is_workday FLAG NOT NULL, name TEXT NOT NULL, PRIMARY KEY (town_id, day),
                FOREIGN KEY (town_id) REFERENCES town (town_id))
            """),
    ]
}
