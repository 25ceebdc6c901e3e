import Storage

/// What the registers know of people and households beyond a name and a door.
enum PeopleMigrations {
    static let all = [
        Migration(
            "directory-people-001-person",
            "ALTER TABLE person ADD COLUMN sex TEXT",
            "ALTER TABLE person ADD COLUMN birth DAY",
            "ALTER TABLE person ADD COLUMN document_kind TEXT",
            "ALTER TABLE person ADD COLUMN document_sealed BYTES",
            "ALTER TABLE person ADD COLUMN document_mark TEXT",
            "ALTER TABLE person ADD COLUMN is_party_member FLAG NOT NULL DEFAULT 0",
            "ALTER TABLE person ADD COLUMN deceased_on DAY",
            // The person whom this one turned out to be; the row stays, so that history keeps its names.
            "ALTER TABLE person ADD COLUMN merged_into ID",
            "ALTER TABLE person ADD COLUMN destroyed_at INSTANT",
            "ALTER TABLE person ADD COLUMN version INT NOT NULL DEFAULT 1",
            // Not unique: two villages may have entered one person, and both records must be there to be merged.
            "CREATE INDEX person_document ON person (town_id, document_mark, id) WHERE document_mark IS NOT NULL",
            "CREATE INDEX person_birth ON person (town_id, name, birth, id) WHERE birth IS NOT NULL",
            """
            CREATE TABLE further_phone (
                town_id ID NOT NULL, id ID NOT NULL, person_id ID NOT NULL, position INT NOT NULL, sealed BYTES NOT NULL, mark TEXT NOT NULL,
                PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX further_phone_person ON further_phone (town_id, person_id, position)",
            "CREATE INDEX further_phone_mark ON further_phone (town_id, mark)"),
        Migration(
            "directory-people-002-household",
            "ALTER TABLE household ADD COLUMN lane TEXT",
            "ALTER TABLE household ADD COLUMN door TEXT",
            "ALTER TABLE household ADD COLUMN estate TEXT",
            "ALTER TABLE household ADD COLUMN building TEXT",
            "ALTER TABLE household ADD COLUMN unit TEXT",
            "ALTER TABLE household ADD COLUMN room TEXT",
            "ALTER TABLE household ADD COLUMN head_id ID",
            "ALTER TABLE household ADD COLUMN visited_at INSTANT",
            "ALTER TABLE household ADD COLUMN version INT NOT NULL DEFAULT 1",
            "CREATE INDEX household_visited ON household (town_id, grid_id, visited_at, id)",
            "CREATE INDEX household_seen ON household (town_id, visited_at, id)",
            // How somebody is related to the head, and why a residency ended.
            "ALTER TABLE residency ADD COLUMN relation TEXT",
            "ALTER TABLE residency ADD COLUMN ending TEXT"),
        Migration(
            "directory-people-003-stand-in",
            """
            CREATE TABLE stand_in (
                town_id ID NOT NULL, id ID NOT NULL, post_id ID NOT NULL, person_id ID NOT NULL, reason TEXT NOT NULL, valid_from DAY NOT NULL,
                valid_to DAY NOT NULL, is_ended FLAG NOT NULL DEFAULT 0, PRIMARY KEY (town_id, id), CHECK (valid_to >= valid_from),
                FOREIGN KEY (town_id, post_id) REFERENCES post (town_id, id), FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
            """,
            "CREATE INDEX stand_in_person ON stand_in (town_id, person_id, valid_to)",
            "CREATE INDEX stand_in_post ON stand_in (town_id, post_id, valid_from)"),
    ]
}
