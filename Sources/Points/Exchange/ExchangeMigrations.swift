package import Storage

/// The tables of the village exchange: goods, what was redeemed, and how the stock moved otherwise.
///
/// The stock of a good is what moved in and out less what was redeemed; the row keeps the sum, `jinlin doctor` recounts it.
package enum ExchangeMigrations {
    package static let all = [
        Migration(
            "points-101-exchange",
            statements: [
                """
                CREATE TABLE points_good (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
                    price INT NOT NULL CHECK (price > 0), stock INT NOT NULL CHECK (stock >= 0), is_offered FLAG NOT NULL, version INT NOT NULL,
                    PRIMARY KEY (town_id, id), UNIQUE (town_id, village_id, name_zh),
                    FOREIGN KEY (town_id, village_id) REFERENCES grid (town_id, id))
                """,
                """
                CREATE TABLE points_redemption (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, number TEXT NOT NULL, household_id ID NOT NULL, good_id ID NOT NULL,
                    count INT NOT NULL CHECK (count > 0), price INT NOT NULL CHECK (price > 0), day DAY NOT NULL, at INSTANT NOT NULL,
                    account_id ID, post TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, ended_at INSTANT, PRIMARY KEY (town_id, id),
                    UNIQUE (town_id, number), FOREIGN KEY (town_id, good_id) REFERENCES points_good (town_id, id),
                    FOREIGN KEY (town_id, household_id) REFERENCES points_wallet (town_id, household_id))
                """,
                "CREATE INDEX points_redemption_village ON points_redemption (town_id, village_id, day, at, id)",
                "CREATE INDEX points_redemption_household ON points_redemption (town_id, household_id, at DESC, id DESC)",
                "CREATE INDEX points_redemption_good ON points_redemption (town_id, good_id, day, count, price, stage)",
                """
                CREATE TABLE points_movement (
                    town_id ID NOT NULL, id ID NOT NULL, village_id ID NOT NULL, good_id ID NOT NULL, kind TEXT NOT NULL,
                    change INT NOT NULL CHECK (change <> 0), cause_id ID NOT NULL, note TEXT NOT NULL, day DAY NOT NULL, at INSTANT NOT NULL,
                    account_id ID, post TEXT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, cause_id, good_id, kind),
                    FOREIGN KEY (town_id, good_id) REFERENCES points_good (town_id, id))
                """,
                "CREATE INDEX points_movement_good ON points_movement (town_id, good_id, day, kind, change)",
            ] + Migration.appendOnly("points_movement"))
    ]
}
