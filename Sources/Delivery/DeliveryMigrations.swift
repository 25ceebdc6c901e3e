package import Storage

package enum DeliveryMigrations {
    package static let all = [
        Migration(
            "delivery-001-outbox",
            """
            CREATE TABLE outbox_message (
                town_id ID NOT NULL, id ID NOT NULL, topic TEXT NOT NULL, payload TEXT NOT NULL, created_at INSTANT NOT NULL,
                due_at INSTANT NOT NULL, attempts INT NOT NULL, delivered_at INSTANT, last_error TEXT, PRIMARY KEY (town_id, id))
            """,
            "CREATE INDEX outbox_message_due ON outbox_message (due_at, id) WHERE delivered_at IS NULL"),
        Migration(
            "delivery-002-job",
            """
            CREATE TABLE job (
                name TEXT NOT NULL PRIMARY KEY, due_at INSTANT NOT NULL, leased_until INSTANT NOT NULL, last_run_at INSTANT, last_error TEXT)
            """),
        Migration(
            "delivery-003-subscriber",
            """
            CREATE TABLE subscriber (
                town_id ID NOT NULL, id ID NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, topics TEXT NOT NULL, grid_id ID,
                settings_sealed BYTES NOT NULL, is_on FLAG NOT NULL, created_at INSTANT NOT NULL, PRIMARY KEY (town_id, id))
            """,
            """
            CREATE TABLE dispatch (
                town_id ID NOT NULL, id ID NOT NULL, subscriber_id ID NOT NULL, message_id ID NOT NULL, recipient TEXT NOT NULL,
                state TEXT NOT NULL, attempts INT NOT NULL, due_at INSTANT NOT NULL, done_at INSTANT, last_error TEXT,
                PRIMARY KEY (town_id, id), UNIQUE (town_id, subscriber_id, message_id, recipient),
                FOREIGN KEY (town_id, subscriber_id) REFERENCES subscriber (town_id, id),
                FOREIGN KEY (town_id, message_id) REFERENCES outbox_message (town_id, id))
            """,
            "CREATE INDEX dispatch_due ON dispatch (town_id, subscriber_id, due_at, id) WHERE state = 'waiting'",
            "CREATE INDEX dispatch_subscriber ON dispatch (town_id, subscriber_id, id DESC)",
            "CREATE INDEX dispatch_message ON dispatch (town_id, message_id)",
            "CREATE INDEX dispatch_done ON dispatch (town_id, subscriber_id, done_at)",
            "CREATE INDEX dispatch_dead ON dispatch (town_id, subscriber_id) WHERE state = 'dead'"),
    ]
}
