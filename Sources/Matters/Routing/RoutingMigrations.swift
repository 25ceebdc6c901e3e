import Storage

/// What ordered routing rules need.
enum RoutingMigrations {
    static let all = [
        Migration(
            "matters-routing-001-rules",
            statements: [
                """
                CREATE TABLE routing_rule (
                    town_id ID NOT NULL, id ID NOT NULL, number INT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, grid_id ID,
                    moment TEXT NOT NULL, day_from DAY, day_to DAY, target TEXT NOT NULL, unit_id ID, asked TEXT NOT NULL, is_on FLAG NOT NULL,
                    version INT NOT NULL, PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, unit_id) REFERENCES joint_unit (town_id, id))
                """,
                """
                CREATE TABLE routing_rule_event (
                    town_id ID NOT NULL, id ID NOT NULL, rule_id ID NOT NULL, act TEXT NOT NULL, number INT NOT NULL, name TEXT NOT NULL,
                    body TEXT NOT NULL, at INSTANT NOT NULL, account_id ID NOT NULL, actor_name TEXT NOT NULL, actor_post TEXT NOT NULL,
                    digest TEXT NOT NULL, PRIMARY KEY (town_id, id))
                """,
                "CREATE INDEX routing_rule_event_at ON routing_rule_event (town_id, at, id)",
            ] + Migration.appendOnly("routing_rule_event"))
    ]
}
