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
    ]
}
