package import Storage

package enum IdentityMigrations {
    package static let all = [
        Migration(
            "identity-001-account",
            """
            CREATE TABLE account (
                town_id ID NOT NULL, id ID NOT NULL, login TEXT NOT NULL, name TEXT NOT NULL, person_id ID, roles TEXT NOT NULL,
                password_hash TEXT NOT NULL, password_changed_at INSTANT NOT NULL, must_change FLAG NOT NULL CHECK (must_change IN (0, 1)),
                failure_count INT NOT NULL, failure_since INSTANT, locked_until INSTANT, totp_secret BYTES, totp_step BIG NOT NULL,
                last_sign_in_at INSTANT, opened_at INSTANT NOT NULL, disabled_at INSTANT, PRIMARY KEY (town_id, id))
            """,
            "CREATE UNIQUE INDEX account_login ON account (town_id, login)",
            "CREATE INDEX account_person ON account (town_id, person_id)",
            """
            CREATE TABLE former_password (
                town_id ID NOT NULL, account_id ID NOT NULL, password_hash TEXT NOT NULL, until INSTANT NOT NULL,
                PRIMARY KEY (town_id, account_id, until), FOREIGN KEY (town_id, account_id) REFERENCES account (town_id, id))
            """),
        Migration(
            "identity-002-session",
            """
            CREATE TABLE session (
                town_id ID NOT NULL, token_hash TEXT NOT NULL, account_id ID NOT NULL, kind TEXT NOT NULL, stage TEXT NOT NULL,
                created_at INSTANT NOT NULL, last_seen_at INSTANT NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL,
                PRIMARY KEY (town_id, token_hash), FOREIGN KEY (town_id, account_id) REFERENCES account (town_id, id))
            """,
            "CREATE INDEX session_account ON session (town_id, account_id)",
            """
            CREATE TABLE api_key (
                town_id ID NOT NULL, id ID NOT NULL, token_hash TEXT NOT NULL, name TEXT NOT NULL, permissions TEXT NOT NULL,
                created_at INSTANT NOT NULL, revoked_at INSTANT, PRIMARY KEY (town_id, id))
            """,
            "CREATE UNIQUE INDEX api_key_token ON api_key (town_id, token_hash)",
            "CREATE TABLE security_policy (town_id ID NOT NULL PRIMARY KEY, policy TEXT NOT NULL)"),
        Migration("identity-003-audit", statements: audit),
    ]

    /// An entry is written once; sealing may fill its `seq` and `hash`, once. Nothing else ever changes, and nothing goes.
    private static let audit: [Migration.Statement] = [
        """
        CREATE TABLE audit_entry (
            town_id ID NOT NULL, id ID NOT NULL, at INSTANT NOT NULL, account_id ID, post TEXT, act TEXT NOT NULL, subject TEXT NOT NULL,
            detail TEXT NOT NULL, done FLAG NOT NULL, address TEXT, seq BIG, hash TEXT, PRIMARY KEY (town_id, id))
        """,
        "CREATE UNIQUE INDEX audit_entry_seq ON audit_entry (town_id, seq)",
        "CREATE INDEX audit_entry_unsealed ON audit_entry (town_id, at, id) WHERE seq IS NULL",
        "CREATE INDEX audit_entry_at ON audit_entry (town_id, at, id)",
        "CREATE INDEX audit_entry_subject ON audit_entry (town_id, subject, at)",
        .only(
            .sqlite,
            """
            CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
            WHEN OLD.seq IS NOT NULL
                OR (NEW.town_id, NEW.id, NEW.at, NEW.account_id, NEW.post, NEW.act, NEW.subject, NEW.detail, NEW.done, NEW.address)
                IS NOT (OLD.town_id, OLD.id, OLD.at, OLD.account_id, OLD.post, OLD.act, OLD.subject, OLD.detail, OLD.done, OLD.address)
            BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
            """),
        .only(
            .sqlite,
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
        ),
        .only(
            .postgres,
            """
            CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.seq IS NULL AND (to_jsonb(NEW) - 'seq' - 'hash') = (to_jsonb(OLD) - 'seq' - 'hash') THEN RETURN NEW; END IF;
                END IF;
                RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = '23514';
            END $$
            """),
        .only(
            .postgres,
            """
            CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
            FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
            """),
        .only(
            .postgres,
            """
            CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
            FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()
            """),
    ]
}
