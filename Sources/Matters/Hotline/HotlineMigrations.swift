import Storage

/// What orders of the 12345 hotline need.
enum HotlineMigrations {
    static let all = [
        Migration(
            "matters-hotline-001-orders",
            statements: [
                """
                CREATE TABLE hotline_order (
                    town_id ID NOT NULL, matter_id ID NOT NULL, number TEXT NOT NULL, received_at INSTANT NOT NULL, taken_at INSTANT NOT NULL,
                    reply_within TEXT NOT NULL, reply_due INSTANT NOT NULL, reply TEXT NOT NULL, replied_at INSTANT,
                    PRIMARY KEY (town_id, matter_id), UNIQUE (town_id, number),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id))
                """,
                "CREATE INDEX hotline_order_due ON hotline_order (town_id, replied_at, reply_due, matter_id)",
                """
                CREATE TABLE hotline_reply (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, words TEXT NOT NULL, at INSTANT NOT NULL,
                    account_id ID NOT NULL, actor_name TEXT NOT NULL, actor_post TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES hotline_order (town_id, matter_id))
                """,
                "CREATE INDEX hotline_reply_matter ON hotline_reply (town_id, matter_id, at, id)",
            ] + Migration.appendOnly("hotline_reply"))
    ]
}
