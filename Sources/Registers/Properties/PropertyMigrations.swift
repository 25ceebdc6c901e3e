import Storage

/// The register of properties, and who lives in them.
enum PropertyMigrations {
    static let all = [
        Migration(
            "registers-property-001",
            """
            CREATE TABLE property (
                town_id ID NOT NULL, id ID NOT NULL, grid_id ID NOT NULL, address_words TEXT NOT NULL, lane TEXT, door TEXT, estate TEXT,
                building TEXT, unit TEXT, room TEXT, kind TEXT NOT NULL, use TEXT NOT NULL, rooms_let INT, owner_kind TEXT, owner_name TEXT,
                owner_id ID, phone_sealed BYTES, valid_from DAY NOT NULL, valid_to DAY, version INT NOT NULL, PRIMARY KEY (town_id, id),
                CHECK ((owner_kind IS NULL) = (owner_name IS NULL)), CHECK (valid_to IS NULL OR valid_to >= valid_from),
                FOREIGN KEY (town_id, grid_id) REFERENCES grid (town_id, id))
            """,
            "CREATE INDEX property_grid ON property (town_id, grid_id, address_words, id)",
            "CREATE INDEX property_owner ON property (town_id, owner_id) WHERE owner_id IS NOT NULL",
            """
            CREATE TABLE property_household (
                town_id ID NOT NULL, property_id ID NOT NULL, household_id ID NOT NULL, PRIMARY KEY (town_id, property_id, household_id),
                FOREIGN KEY (town_id, property_id) REFERENCES property (town_id, id),
                FOREIGN KEY (town_id, household_id) REFERENCES household (town_id, id))
            """,
            "CREATE INDEX property_household_of ON property_household (town_id, household_id, property_id)")
    ]
}
