import Storage

/// What reporters' ratings need.
enum RatingMigrations {
    static let all = [
        Migration(
            "matters-rating-001-ratings",
            statements: [
                """
                CREATE TABLE matter_rating (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, village_id ID NOT NULL, round INT NOT NULL, rater_id ID NOT NULL,
                    number TEXT NOT NULL, satisfied FLAG NOT NULL, stars INT NOT NULL CHECK (stars BETWEEN 1 AND 5), words TEXT NOT NULL,
                    at INSTANT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (town_id, id), UNIQUE (town_id, matter_id, round, rater_id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                "CREATE INDEX matter_rating_rater ON matter_rating (town_id, rater_id, at, id)",
                "CREATE INDEX matter_rating_at ON matter_rating (town_id, at, village_id, stars)",
            ] + Migration.appendOnly("matter_rating")),
        Migration(
            "matters-rating-002-quotes",
            statements: [
                """
                CREATE TABLE matter_quote (
                    town_id ID NOT NULL, rating_id ID NOT NULL, matter_id ID NOT NULL, village_id ID NOT NULL, state TEXT NOT NULL,
                    name TEXT NOT NULL, at INSTANT NOT NULL, PRIMARY KEY (town_id, rating_id),
                    FOREIGN KEY (town_id, rating_id) REFERENCES matter_rating (town_id, id))
                """,
                "CREATE INDEX matter_quote_village ON matter_quote (town_id, village_id, state, at, rating_id)",
                "CREATE INDEX matter_quote_state ON matter_quote (town_id, state, at, rating_id)",
                """
                CREATE TABLE matter_quote_change (
                    town_id ID NOT NULL, id ID NOT NULL, rating_id ID NOT NULL, state TEXT NOT NULL, at INSTANT NOT NULL, account_id ID,
                    actor_name TEXT, actor_post TEXT, reason TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, rating_id) REFERENCES matter_quote (town_id, rating_id))
                """,
                "CREATE INDEX matter_quote_change_rating ON matter_quote_change (town_id, rating_id, at, id)",
            ] + Migration.appendOnly("matter_quote_change")),
    ]
}
