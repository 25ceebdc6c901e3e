import Storage

/// What joint tasks need, after everything the room of matters had before.
enum JointMigrations {
    static let all = [
        Migration(
            "matters-joint-001-tasks",
            statements: [
                """
                CREATE TABLE joint_unit (
                    town_id ID NOT NULL, id ID NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, contact TEXT NOT NULL,
                    phone TEXT NOT NULL, respond_within TEXT NOT NULL, finish_within TEXT NOT NULL, is_retired FLAG NOT NULL,
                    version INT NOT NULL, PRIMARY KEY (town_id, id))
                """,
                """
                CREATE TABLE joint_unit_member (
                    town_id ID NOT NULL, id ID NOT NULL, unit_id ID NOT NULL, person_id ID NOT NULL, valid_from DAY NOT NULL, valid_to DAY,
                    PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, unit_id) REFERENCES joint_unit (town_id, id),
                    FOREIGN KEY (town_id, person_id) REFERENCES person (town_id, id))
                """,
                "CREATE INDEX joint_unit_member_person ON joint_unit_member (town_id, person_id, unit_id)",
                "CREATE INDEX joint_unit_member_unit ON joint_unit_member (town_id, unit_id, valid_from)",
                """
                CREATE TABLE joint_unit_event (
                    town_id ID NOT NULL, id ID NOT NULL, unit_id ID NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, at INSTANT NOT NULL,
                    account_id ID NOT NULL, actor_name TEXT NOT NULL, actor_post TEXT NOT NULL, digest TEXT NOT NULL,
                    PRIMARY KEY (town_id, id))
                """,
                "CREATE INDEX joint_unit_event_unit ON joint_unit_event (town_id, unit_id, at, id)",
                """
                CREATE TABLE joint_task (
                    town_id ID NOT NULL, id ID NOT NULL, matter_id ID NOT NULL, unit_id ID NOT NULL, asked TEXT NOT NULL, reason TEXT NOT NULL,
                    respond_within TEXT NOT NULL, finish_within TEXT NOT NULL, asker_grid_id ID, asker_level INT NOT NULL, at INSTANT NOT NULL,
                    state TEXT NOT NULL, is_open FLAG NOT NULL, was_insisted FLAG NOT NULL, due_at INSTANT NOT NULL, check_at INSTANT NOT NULL,
                    breaches INT NOT NULL, version INT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (town_id, id),
                    FOREIGN KEY (town_id, matter_id) REFERENCES matter (town_id, id),
                    FOREIGN KEY (town_id, unit_id) REFERENCES joint_unit (town_id, id))
                """,
                "CREATE INDEX joint_task_matter ON joint_task (town_id, matter_id, at, id)",
                "CREATE INDEX joint_task_unit ON joint_task (town_id, unit_id, is_open, due_at, id)",
                "CREATE INDEX joint_task_open ON joint_task (town_id, is_open, due_at, id, check_at)",
                """
                CREATE TABLE joint_task_event (
                    town_id ID NOT NULL, id ID NOT NULL, task_id ID NOT NULL, kind TEXT NOT NULL, at INSTANT NOT NULL, account_id ID,
                    actor_name TEXT, actor_post TEXT, words TEXT NOT NULL, version INT NOT NULL, mark TEXT, digest TEXT NOT NULL,
                    PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, task_id) REFERENCES joint_task (town_id, id))
                """,
                "CREATE INDEX joint_task_event_task ON joint_task_event (town_id, task_id, at, version, id)",
                // A mark is written once, whoever is faster.
                "CREATE UNIQUE INDEX joint_task_event_mark ON joint_task_event (town_id, task_id, mark) WHERE mark IS NOT NULL",
                """
                CREATE TABLE joint_task_photo (
                    town_id ID NOT NULL, task_id ID NOT NULL, photo_id ID NOT NULL, PRIMARY KEY (town_id, task_id, photo_id),
                    FOREIGN KEY (town_id, task_id) REFERENCES joint_task (town_id, id),
                    FOREIGN KEY (town_id, photo_id) REFERENCES matter_photo (town_id, id))
                """,
                """
                CREATE TABLE joint_evidence (
                    town_id ID NOT NULL, id ID NOT NULL, task_id ID NOT NULL, event_id ID NOT NULL, position INT NOT NULL,
                    full_blob TEXT NOT NULL, thumb_blob TEXT NOT NULL, width INT NOT NULL, height INT NOT NULL, at INSTANT NOT NULL,
                    PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, task_id) REFERENCES joint_task (town_id, id))
                """,
                "CREATE INDEX joint_evidence_task ON joint_evidence (town_id, task_id, event_id, position)",
            ] + Migration.appendOnly("joint_unit_event") + Migration.appendOnly("joint_task_event"))
    ]
}
