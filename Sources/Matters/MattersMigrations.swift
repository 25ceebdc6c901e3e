package import Storage

package enum MattersMigrations {
    /// Closed matters from before it are entered by ``FillTexts``.
    package static let text = "matters-006-text"

    package static let all =
        own + JointMigrations.all + RoutingMigrations.all + HotlineMigrations.all + RedactionMigrations.all + RatingMigrations.all

    private static let own = [
        Migration(
            "matters-001-taxonomy",
            """
            CREATE TABLE category_group (
                town_id ID NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, edition INT NOT NULL,
                PRIMARY KEY (town_id, code))
            """,
            """
            CREATE TABLE category (
                town_id ID NOT NULL, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, tier TEXT NOT NULL,
                visibility TEXT NOT NULL, emergency_zh TEXT, emergency_en TEXT, respond_within TEXT, finish_within TEXT,
                is_retired FLAG NOT NULL, edition INT NOT NULL, PRIMARY KEY (town_id, code))
            """),
        Migration(
            "matters-002-matter",
            """
            CREATE TABLE matter (
                town_id ID NOT NULL, id ID NOT NULL, number TEXT NOT NULL, category TEXT NOT NULL, tier TEXT NOT NULL,
                is_restricted FLAG NOT NULL, words TEXT NOT NULL, grid_id ID NOT NULL, village_id ID NOT NULL, longitude REAL, latitude REAL,
                spot TEXT NOT NULL, channel TEXT NOT NULL, reported_at INSTANT NOT NULL, stage TEXT NOT NULL, is_open FLAG NOT NULL,
                holder_grid_id ID, holder_level INT NOT NULL CHECK (holder_level BETWEEN 0 AND 3), reopened INT NOT NULL,
                returned INT NOT NULL, outcome TEXT, closed_at INSTANT, version INT NOT NULL, digest TEXT NOT NULL,
                PRIMARY KEY (town_id, id), UNIQUE (town_id, number))
            """,
            // The stage at the end lets the counts be read from the index alone.
            "CREATE INDEX matter_village ON matter (town_id, village_id, is_open, reported_at DESC, id DESC, stage)",
            "CREATE INDEX matter_town ON matter (town_id, is_open, reported_at DESC, id DESC, stage)",
            "CREATE INDEX matter_grid ON matter (town_id, grid_id, is_open, reported_at DESC, id DESC, stage)",
            // Few matters are open, so this one stays small; the flag among its columns tells SQLite's planner that it fits best.
            """
            CREATE INDEX matter_holder ON matter (town_id, holder_grid_id, is_open, stage, reported_at DESC, id DESC) WHERE is_open = 1
            """,
            "CREATE INDEX matter_closed ON matter (town_id, closed_at DESC, id DESC, village_id, reopened) WHERE is_open = 0"),
        Migration(
            "matters-003-reporter",
            """
            CREATE TABLE matter_reporter (
                town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, name_sealed BYTES, phone_sealed BYTES, phone_mark TEXT,
                account_id ID, entered_by ID, at INSTANT NOT NULL, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
            """,
            "CREATE INDEX matter_reporter_matter ON matter_reporter (town_id, matter_id)",
            "CREATE INDEX matter_reporter_phone ON matter_reporter (town_id, phone_mark) WHERE phone_mark IS NOT NULL"),
        Migration(
            "matters-004-event",
            statements: [
                """
                CREATE TABLE matter_event (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, kind TEXT NOT NULL, at INSTANT NOT NULL, account_id ID,
                    actor_name TEXT, actor_post TEXT, from_stage TEXT, to_stage TEXT NOT NULL, from_holder_grid_id ID, from_holder_level INT,
                    to_holder_grid_id ID, to_holder_level INT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, reply TEXT NOT NULL,
                    finding TEXT, outcome TEXT, way TEXT, satisfied FLAG, rating INT, version INT NOT NULL, digest TEXT NOT NULL,
                    PRIMARY KEY (town_id, id), UNIQUE (town_id, matter_id, version),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """
            ] + Migration.appendOnly("matter_event")),
        Migration(
            "matters-005-photo",
            """
            CREATE TABLE matter_photo (
                town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, event_id ID NOT NULL, position INT NOT NULL, full_blob TEXT NOT NULL,
                thumb_blob TEXT NOT NULL, width INT NOT NULL, height INT NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, id),
                FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
            """,
            "CREATE INDEX matter_photo_matter ON matter_photo (town_id, matter_id, event_id, position)"),
        Migration(
            text,
            """
            CREATE TABLE matter_text (
                town_id ID NOT NULL, number BIG NOT NULL, id ID NOT NULL, PRIMARY KEY (town_id, number), UNIQUE (town_id, id),
                FOREIGN KEY (town_id, id) REFERENCES matter (town_id, id))
            """,
            // The keys alone, under the number of the matter: which town it is of, the table above says.
            .only(.sqlite, "CREATE UNIQUE INDEX matter_text_number ON matter_text (number)"),
            .only(
                .sqlite,
                "CREATE VIRTUAL TABLE matter_gram USING fts5 (grams, content='', columnsize=0, detail=none, tokenize='ascii')"
            ),
            .only(.postgres, "ALTER TABLE matter_text ADD COLUMN grams tsvector NOT NULL"),
            .only(.postgres, "CREATE INDEX matter_text_grams ON matter_text USING gin (grams)")),
        Migration(
            "matters-007-clock",
            statements: [
                "ALTER TABLE matter ADD COLUMN respond_within TEXT",
                "ALTER TABLE matter ADD COLUMN finish_within TEXT",
                "ALTER TABLE matter ADD COLUMN clock_state TEXT NOT NULL DEFAULT 'running'",
                // The end of the year 9999: no deadline.
                "ALTER TABLE matter ADD COLUMN due_at INSTANT NOT NULL DEFAULT 253402300799000",
                // Zero: never worked out, which the sweep does.
                "ALTER TABLE matter ADD COLUMN check_at INSTANT NOT NULL DEFAULT 0",
                "ALTER TABLE matter ADD COLUMN breaches INT NOT NULL DEFAULT 0",
                "ALTER TABLE matter ADD COLUMN extensions INT NOT NULL DEFAULT 0",
                // Lists by deadline, the sweep and the counts of what is late, all from this index alone.
                """
                CREATE INDEX matter_due ON matter (town_id, is_open, due_at, id, check_at, village_id, clock_state) WHERE is_open = 1
                """,
                """
                CREATE INDEX matter_result ON matter (town_id, is_open, closed_at, village_id, reopened, returned, breaches, extensions)
                WHERE is_open = 0
                """,
                """
                CREATE TABLE matter_clock_event (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, kind TEXT NOT NULL, at INSTANT NOT NULL, account_id ID,
                    actor_name TEXT, actor_post TEXT, ask TEXT, ask_reason TEXT, ask_limit TEXT, ask_day DAY, request_id ID,
                    words TEXT NOT NULL, mark TEXT, basis TEXT, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                "CREATE INDEX matter_clock_event_matter ON matter_clock_event (town_id, matter_id, at, id)",
                // A mark is written once and a request decided once, whoever is faster.
                "CREATE UNIQUE INDEX matter_clock_event_mark ON matter_clock_event (town_id, matter_id, mark) WHERE mark IS NOT NULL",
                """
                CREATE UNIQUE INDEX matter_clock_event_request ON matter_clock_event (town_id, request_id) WHERE request_id IS NOT NULL
                """,
                """
                CREATE TABLE matter_clock_setting (
                    town_id ID NOT NULL, edition INT NOT NULL, working_hours TEXT NOT NULL, follow_up_within TEXT NOT NULL,
                    warn_percent INT NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL, actor_name TEXT NOT NULL,
                    PRIMARY KEY (town_id, edition))
                """,
                "CREATE TABLE matter_clock_state (town_id ID NOT NULL PRIMARY KEY, basis TEXT NOT NULL)",
            ] + Migration.appendOnly("matter_clock_event") + Migration.appendOnly("matter_clock_setting")),
        Migration(
            "matters-008-category",
            statements: [
                "ALTER TABLE category ADD COLUMN lead_unit TEXT", "ALTER TABLE category ADD COLUMN closing_zh TEXT",
                "ALTER TABLE category ADD COLUMN closing_en TEXT",
                "ALTER TABLE category ADD COLUMN needs_photo FLAG NOT NULL DEFAULT 0",
                "ALTER TABLE category ADD COLUMN questions TEXT NOT NULL DEFAULT '[]'",
                "ALTER TABLE category ADD COLUMN village_id ID",
                """
                CREATE TABLE category_edition (
                    town_id ID NOT NULL, code TEXT NOT NULL, edition INT NOT NULL, request_id ID NOT NULL, body TEXT NOT NULL,
                    at INSTANT NOT NULL, account_id ID NOT NULL, actor_name TEXT NOT NULL, actor_post TEXT NOT NULL,
                    PRIMARY KEY (town_id, code, edition), UNIQUE (town_id, request_id))
                """,
                """
                CREATE TABLE category_off (
                    town_id ID NOT NULL, village_id ID NOT NULL, code TEXT NOT NULL, PRIMARY KEY (town_id, village_id, code))
                """,
                """
                CREATE TABLE matter_answer (
                    town_id ID NOT NULL, matter_id ID NOT NULL, question_id TEXT NOT NULL, position INT NOT NULL, edition INT NOT NULL,
                    asked TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (town_id, matter_id, question_id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
            ] + Migration.appendOnly("category_edition")),
        Migration(
            "matters-009-open311",
            // What was done, by time: for those who keep a copy. Reports themselves stay out of it, so it costs them nothing.
            "CREATE INDEX matter_event_acts ON matter_event (town_id, at, id) WHERE kind <> 'reported'",
            "ALTER TABLE matter_reporter ADD COLUMN email_sealed BYTES"),
        Migration("matters-010-text", "ALTER TABLE matter_reporter ADD COLUMN wants_text FLAG NOT NULL DEFAULT 0"),
        Migration(
            "matters-near-001",
            statements: [
                // Nil for what suits the category's code.
                "ALTER TABLE category ADD COLUMN near_metres INT",
                """
                CREATE INDEX matter_near ON matter (town_id, category, is_open, latitude, longitude, closed_at) WHERE latitude IS NOT NULL
                """,
                """
                CREATE TABLE matter_joining (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, reporter_id ID NOT NULL, number TEXT NOT NULL,
                    words TEXT NOT NULL, spot TEXT NOT NULL, channel TEXT NOT NULL, account_id ID, actor_name TEXT, actor_post TEXT,
                    at INSTANT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, number),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id),
                    FOREIGN KEY (town_id, reporter_id) REFERENCES matter_reporter (town_id, id))
                """,
                "CREATE INDEX matter_joining_matter ON matter_joining (town_id, matter_id, at, id)",
                """
                CREATE TABLE matter_merge (
                    town_id ID NOT NULL, id ID NOT NULL, source_id ID NOT NULL, target_id ID NOT NULL, tier TEXT NOT NULL, at INSTANT NOT NULL,
                    split_at INSTANT, PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, source_id) REFERENCES matter (town_id, id),
                    FOREIGN KEY (town_id, target_id) REFERENCES matter (town_id, id))
                """,
                // A matter is part of one other at most.
                "CREATE UNIQUE INDEX matter_merge_source ON matter_merge (town_id, source_id) WHERE split_at IS NULL",
                "CREATE INDEX matter_merge_target ON matter_merge (town_id, target_id, at, id)",
                "ALTER TABLE matter_clock_event ADD COLUMN taken_clock TEXT",
                "ALTER TABLE matter_clock_event ADD COLUMN taken_limit TEXT",
                "ALTER TABLE matter_clock_event ADD COLUMN taken_start INSTANT",
                "ALTER TABLE matter_clock_event ADD COLUMN taken_used BIG",
                "ALTER TABLE matter_clock_event ADD COLUMN taken_budget BIG",
            ] + Migration.appendOnly("matter_joining")),
        Migration(
            "matters-near-002-sample",
            statements: [
                """
                CREATE TABLE matter_sample (
                    town_id ID NOT NULL, id ID NOT NULL, unit_id ID NOT NULL, month TEXT NOT NULL, percent INT NOT NULL, eligible INT NOT NULL,
                    seed TEXT NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL, actor_name TEXT NOT NULL, actor_post TEXT NOT NULL,
                    PRIMARY KEY (town_id, id), UNIQUE (town_id, unit_id, month))
                """,
                """
                CREATE TABLE matter_sample_line (
                    town_id ID NOT NULL, sample_id ID NOT NULL, matter_id ID NOT NULL, position INT NOT NULL,
                    PRIMARY KEY (town_id, sample_id, matter_id),
                    FOREIGN KEY (town_id, sample_id) REFERENCES matter_sample (town_id, id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                // What was found of a matter is found once.
                """
                CREATE TABLE matter_sample_finding (
                    town_id ID NOT NULL, sample_id ID NOT NULL, matter_id ID NOT NULL, id ID NOT NULL, satisfied FLAG NOT NULL,
                    way TEXT NOT NULL, words TEXT NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL, actor_name TEXT NOT NULL,
                    actor_post TEXT NOT NULL, PRIMARY KEY (town_id, sample_id, matter_id), UNIQUE (town_id, id),
                    FOREIGN KEY (town_id, sample_id, matter_id) REFERENCES matter_sample_line (town_id, sample_id, matter_id))
                """,
            ] + ["matter_sample", "matter_sample_line", "matter_sample_finding"].flatMap(Migration.appendOnly)),
        Migration(
            "matters-tools-1-saved-filter",
            """
            CREATE TABLE matter_filter (
                town_id ID NOT NULL, id ID NOT NULL, owner_id ID NOT NULL, is_shared FLAG NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL,
                account_id ID NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, owner_id, name))
            """,
            """
            CREATE TABLE matter_filter_start (
                town_id ID NOT NULL, account_id ID NOT NULL, filter_id ID NOT NULL, PRIMARY KEY (town_id, account_id),
                FOREIGN KEY (town_id, filter_id) REFERENCES matter_filter (town_id, id))
            """),
        Migration(
            "matters-tools-2-urge",
            statements: [
                """
                CREATE TABLE matter_urge (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, village_id ID NOT NULL, side TEXT NOT NULL, at INSTANT NOT NULL,
                    account_id ID, actor_name TEXT, actor_post TEXT, words TEXT NOT NULL, holder_grid_id ID, holder_level INT NOT NULL,
                    version INT NOT NULL, PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                "CREATE INDEX matter_urge_matter ON matter_urge (town_id, matter_id, at)",
                "CREATE INDEX matter_urge_at ON matter_urge (town_id, at, village_id)",
            ] + Migration.appendOnly("matter_urge")),
        Migration(
            "matters-tools-3-phrase",
            statements: [
                """
                CREATE TABLE matter_phrase (
                    town_id ID NOT NULL, code TEXT NOT NULL, edition INT NOT NULL, village_id ID, step TEXT NOT NULL, title TEXT NOT NULL,
                    words TEXT NOT NULL, is_off FLAG NOT NULL, request_id ID NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL,
                    actor_name TEXT NOT NULL, actor_post TEXT NOT NULL, PRIMARY KEY (town_id, code, edition),
                    UNIQUE (town_id, request_id))
                """
            ] + Migration.appendOnly("matter_phrase")),
        Migration(
            "matters-tools-4-note",
            statements: [
                """
                CREATE TABLE matter_note (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL,
                    actor_name TEXT NOT NULL, actor_post TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                "CREATE INDEX matter_note_matter ON matter_note (town_id, matter_id, at, id)",
            ] + Migration.appendOnly("matter_note")),
    ]
}
