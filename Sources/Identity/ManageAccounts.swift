package import Kernel
package import Storage

/// What the operator does with other people's accounts. 账号管理
package struct ManageAccounts: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    package struct NewAccount: Sendable {
        package let id: ID<AccountNode>
        package let login: String
        package let name: String
        package let person: ID<PersonNode>?
        package let roles: Set<AccountRole>

        package init(id: ID<AccountNode>, login: String, name: String, person: ID<PersonNode>?, roles: Set<AccountRole>) {
            self.id = id
            self.login = login
            self.name = name
            self.person = person
            self.roles = roles
        }
    }

    /// Makes an account with a random password that must be changed at the first sign-in.
    /// - Returns: the password, shown once.
    /// - Throws: ``Forbidden``; ``Invalid`` with `login-form` or `taken`.
    package func create(_ new: NewAccount, by principal: Principal) async throws -> String {
        let (account, password) = try await prepare(new, by: principal)
        do {
            try await database.write { try insert(account, by: principal, $0) }
        } catch StorageError.uniqueViolation {
            throw Invalid("/login", "taken")
        }
        return password
    }

    /// Draws the password and hashes it, which takes too long for a transaction. For a caller who inserts the account in one of its own.
    package func prepare(_ new: NewAccount, by principal: Principal) async throws -> (account: Account, password: String) {
        _ = try principal.scope(for: .manageAccounts)
        var validation = Validation()
        let login = validation.text(new.login, at: "/login", limit: 40).lowercased()
        let name = validation.text(new.name, at: "/name", limit: 60)
        let isPlain = login.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) }
        validation.check(isPlain && login.count >= 3, at: "/login", "login-form")
        try validation.finish()
        let password = temporaryPassword()
        let hash = try await PasswordHash.make(password, ambient: ambient)
        let account = Account(
            town: principal.town, id: new.id, login: login, name: name, person: new.person, roles: new.roles, passwordHash: hash,
            passwordChangedAt: ambient.now(), mustChangePassword: true, failures: .init(), totpSecret: nil, totpStep: 0,
            lastSignIn: nil,
            openedAt: ambient.now(), disabledAt: nil)
        return (account, password)
    }

    /// - Throws: ``StorageError/uniqueViolation(_:)`` when the login is taken.
    package func insert(_ account: Account, by principal: Principal, _ tx: any Transaction) throws {
        try AccountStore(tx).insert(account, at: ambient.now())
        try AuditTrail(tx).record(
            "account.create", by: principal, town: principal.town, subject: account.id.description,
            detail: ["login": account.login, "roles": account.roles.map(\.rawValue).sorted().joined(separator: " ")],
            ambient: ambient)
    }

    package enum Change: String, Sendable, CaseIterable {
        /// A new random password; also opens a locked or long unused account.
        case resetPassword = "reset-password"
        case unlock
        case removeSecondFactor = "remove-second-factor"
        case disable
        case enable
    }

    /// - Returns: the new password where there is one, shown once.
    /// - Throws: ``Forbidden``, ``NotFound``; ``Conflict`` for one's own account.
    package func change(_ change: Change, account id: ID<AccountNode>, by principal: Principal) async throws -> String? {
        _ = try principal.scope(for: .manageAccounts)
        guard id != principal.account else { throw Conflict("own-account") }
        let password = change == .resetPassword ? temporaryPassword() : nil
        let hash: String? = if let password { try await PasswordHash.make(password, ambient: ambient) } else { nil }
        try await database.write { [ambient] tx in
            let store = AccountStore(tx)
            guard let account = try store.find(id, town: principal.town) else { throw NotFound() }
            switch change {
            case .resetPassword: if let hash { try store.setPassword(hash, of: account, mustChange: true, at: ambient.now()) }
            case .unlock: try store.setFailures(.init(), of: account)
            case .removeSecondFactor: try store.setTOTP(nil, step: 0, of: account)
            case .disable: try store.setDisabled(ambient.now(), of: account, now: ambient.now())
            case .enable: try store.setDisabled(nil, of: account, now: ambient.now())
            }
            if change != .enable, change != .unlock { try SessionStore(tx).endAll(of: id, town: principal.town) }
            try AuditTrail(tx).record(
                "account.\(change.rawValue)", by: principal, town: principal.town, subject: id.description, ambient: ambient)
        }
        return password
    }

    /// 14 characters of four classes that are hard to confuse when read aloud.
    private func temporaryPassword() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz"), capitals = Array("ABCDEFGHJKMNPQRSTUVWXYZ"), digits = Array("23456789")
        let groups = [letters, letters, digits, capitals, letters, digits, letters, capitals, digits, letters, letters, digits]
        let drawn = groups.map { $0[Int(ambient.random() % UInt64($0.count))] }
        return String(drawn[0..<4]) + "-" + String(drawn[4..<8]) + "-" + String(drawn[8..<12])
    }
}
