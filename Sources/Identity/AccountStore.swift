import Foundation
package import Kernel
package import Storage

/// Every statement about accounts and their passwords.
package struct AccountStore {
    private let tx: any Transaction

    package init(_ tx: any Transaction) { self.tx = tx }

    private static let columns: SQL = """
        town_id, id, login, name, person_id, roles, password_hash, password_changed_at, must_change, failure_count, failure_since, locked_until,
        totp_secret, totp_step, last_sign_in_at, opened_at, disabled_at
        """

    package func find(login: String, town: ID<Town>) throws -> Account? {
        try tx.first("SELECT \(Self.columns) FROM account WHERE town_id = \(town) AND login = \(login.lowercased())").map(
            Account.init(row:))
    }

    package func find(_ id: ID<AccountNode>, town: ID<Town>) throws -> Account? {
        try tx.first("SELECT \(Self.columns) FROM account WHERE town_id = \(town) AND id = \(id)").map(Account.init(row:))
    }

    /// Accounts in the order of their logins, whose login or name contains `text`, after `login`.
    package func list(_ town: ID<Town>, containing text: String, after login: String, limit: Int) throws -> [Account] {
        let pattern = "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
        return try tx.query(
            """
            SELECT \(Self.columns) FROM account WHERE town_id = \(town) AND login > \(login)
            AND (login LIKE \(pattern.lowercased()) ESCAPE '\\' OR name LIKE \(pattern) ESCAPE '\\') ORDER BY login LIMIT \(limit)
            """
        ).map(Account.init(row:))
    }

    /// - Throws: ``StorageError/uniqueViolation(_:)`` when the login is taken.
    package func insert(_ account: Account, at now: Instant) throws {
        let roles = account.roles.map(\.rawValue).sorted().joined(separator: " ")
        try tx.execute(
            """
            INSERT INTO account (town_id, id, login, name, person_id, roles, password_hash, password_changed_at, must_change, failure_count,
                totp_secret, totp_step, opened_at)
            VALUES (\(account.town), \(account.id), \(account.login.lowercased()), \(account.name), \(account.person), \(roles),
                \(account.passwordHash), \(account.passwordChangedAt), \(account.mustChangePassword), 0, \(account.totpSecret), 0, \(now))
            """)
    }

    package func setFailures(_ state: Lockout.State, of account: Account) throws {
        try tx.execute(
            """
            UPDATE account SET failure_count = \(state.count), failure_since = \(state.since), locked_until = \(state.lockedUntil)
            WHERE town_id = \(account.town) AND id = \(account.id)
            """)
    }

    package func setSignedIn(_ account: Account, at now: Instant) throws {
        try tx.execute(
            """
            UPDATE account SET failure_count = 0, failure_since = NULL, locked_until = NULL, last_sign_in_at = \(now)
            WHERE town_id = \(account.town) AND id = \(account.id)
            """)
    }

    /// Replaces the password and keeps the former one's hash among those not to be used again.
    package func setPassword(_ hash: String, of account: Account, mustChange: Bool, at now: Instant) throws {
        try tx.execute(
            """
            INSERT INTO former_password (town_id, account_id, password_hash, until)
            VALUES (\(account.town), \(account.id), \(account.passwordHash), \(now)) ON CONFLICT (town_id, account_id, until) DO NOTHING
            """)
        try tx.execute(
            """
            UPDATE account SET password_hash = \(hash), password_changed_at = \(now), must_change = \(mustChange), failure_count = 0,
                failure_since = NULL, locked_until = NULL, opened_at = \(now)
            WHERE town_id = \(account.town) AND id = \(account.id)
            """)
    }

    package func formerPasswords(of account: Account, limit: Int) throws -> [String] {
        try tx.query(
            """
            SELECT password_hash FROM former_password WHERE town_id = \(account.town) AND account_id = \(account.id)
            ORDER BY until DESC LIMIT \(limit)
            """
        ).map { try $0.get("password_hash") }
    }

    /// Sets or, with nil, removes the second factor.
    package func setTOTP(_ secret: [UInt8]?, step: Int64, of account: Account) throws {
        try tx.execute(
            "UPDATE account SET totp_secret = \(secret), totp_step = \(step) WHERE town_id = \(account.town) AND id = \(account.id)"
        )
    }

    /// Uses up a code's step. False when another request was faster with the same code.
    package func useTOTP(step: Int64, of account: Account) throws -> Bool {
        try tx.execute(
            "UPDATE account SET totp_step = \(step) WHERE town_id = \(account.town) AND id = \(account.id) AND totp_step < \(step)"
        ) == 1
    }

    package func setDisabled(_ at: Instant?, of account: Account, now: Instant) throws {
        try tx.execute(
            "UPDATE account SET disabled_at = \(at), opened_at = \(now) WHERE town_id = \(account.town) AND id = \(account.id)")
    }

    package func policy(of town: ID<Town>) throws -> SecurityPolicy {
        guard let text: String = try tx.value("SELECT policy FROM security_policy WHERE town_id = \(town)") else {
            return SecurityPolicy()
        }
        do {
            return try JSONDecoder().decode(SecurityPolicy.self, from: Data(text.utf8))
        } catch {
            throw StorageError.corrupt("security_policy is not a policy")
        }
    }

    package func setPolicy(_ policy: SecurityPolicy, of town: ID<Town>) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(policy), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO security_policy (town_id, policy) VALUES (\(town), \(text))
            ON CONFLICT (town_id) DO UPDATE SET policy = excluded.policy
            """)
    }
}

extension Account {
    init(row: Row) throws {
        town = try row.get("town_id")
        id = try row.get("id")
        login = try row.get("login")
        name = try row.get("name")
        person = try row.get("person_id")
        roles = Set(try row.get("roles", as: String.self).split(separator: " ").compactMap { AccountRole(rawValue: String($0)) })
        passwordHash = try row.get("password_hash")
        passwordChangedAt = try row.get("password_changed_at")
        mustChangePassword = try row.get("must_change")
        failures = Lockout.State(
            count: try row.get("failure_count"), since: try row.get("failure_since"), lockedUntil: try row.get("locked_until"))
        totpSecret = try row.get("totp_secret")
        totpStep = try row.get("totp_step")
        lastSignIn = try row.get("last_sign_in_at")
        openedAt = try row.get("opened_at")
        disabledAt = try row.get("disabled_at")
    }
}
