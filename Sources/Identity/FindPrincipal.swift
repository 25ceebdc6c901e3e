package import Kernel
package import Storage

/// What a person's posts allow on a day. Filled by Directory, which knows posts.
package struct HeldGrants: Sendable {
    package let grants: [Permission: Scope]
    /// The posts in words, for the frame and the history.
    package let label: String

    package init(grants: [Permission: Scope], label: String) {
        self.grants = grants
        self.label = label
    }

    package static let none = HeldGrants(grants: [:], label: "")
}

/// Who is behind a session or an API key, with everything they may do just now.
///
/// Asked anew at every request, so a post that ends today opens nothing tomorrow (domain.md F46) and a disabled account is out at once.
package struct FindPrincipal: Sendable {
    package let ambient: Ambient
    package let grants: @Sendable (any Transaction, ID<Town>, ID<PersonNode>, Day) throws -> HeldGrants
    /// Permissions that make an account an office account: short idle time, second factor.
    package let officePermissions: Set<Permission>

    package init(
        ambient: Ambient, officePermissions: Set<Permission>,
        grants: @escaping @Sendable (any Transaction, ID<Town>, ID<PersonNode>, Day) throws -> HeldGrants
    ) {
        self.ambient = ambient
        self.officePermissions = officePermissions
        self.grants = grants
    }

    /// What is known of a request's sender.
    package struct Found: Sendable {
        package let principal: Principal
        package let account: Account?
        package let gate: String?
        /// Whether the session's time should be written again.
        package let isStale: Bool
    }

    /// - Returns: nil when the token is unknown, idle for too long, still without its code, or the account is disabled.
    package func callAsFunction(session token: String, town: ID<Town>, tx: any Transaction) throws -> Found? {
        let store = AccountStore(tx)
        guard let session = try SessionStore(tx).find(token: token, town: town), session.stage == .full,
            let account = try store.find(session.account, town: town), account.disabledAt == nil
        else { return nil }
        let principal = try principal(of: account, tx: tx)
        let policy = try store.policy(of: town)
        let isOffice = isOffice(principal)
        guard SessionRules.isAlive(session, isOffice: isOffice, at: ambient.now(), policy: policy) else { return nil }
        var gate: String?
        if account.mustChangePassword
            || PasswordRules.isExpired(changedAt: account.passwordChangedAt, now: ambient.now(), policy: policy)
        {
            gate = IdentityPath.password
        } else if isOffice, policy.secondFactorForOffice, account.totpSecret == nil {
            gate = IdentityPath.secondFactor
        }
        return Found(
            principal: principal, account: account, gate: gate,
            isStale: ambient.now() - session.lastSeenAt >= SessionRules.touchAfter)
    }

    package func callAsFunction(key token: String, town: ID<Town>, tx: any Transaction) throws -> Found? {
        guard let key = try SessionStore(tx).findKey(token: token, town: town) else { return nil }
        let grants = Dictionary(key.permissions.map { ($0, Scope.town) }) { first, _ in first }
        let principal = Principal(
            town: town, account: key.id, person: nil, name: key.name, grants: grants, post: "API · \(key.name)")
        return Found(principal: principal, account: nil, gate: nil, isStale: false)
    }

    package func isOffice(_ principal: Principal) -> Bool { !officePermissions.isDisjoint(with: principal.grants.keys) }

    package func principal(of account: Account, tx: any Transaction) throws -> Principal {
        let posts = try account.person.map { try grants(tx, account.town, $0, ambient.now().day()) } ?? .none
        var all = posts.grants
        for permission in account.roles.flatMap(\.permissions) { all[permission] = .town }
        let label =
            posts.label.isEmpty
            ? account.roles.sorted { $0.rawValue < $1.rawValue }.map(\.title).joined(separator: "、") : posts.label
        return Principal(
            town: account.town, account: account.id, person: account.person, name: account.name, grants: all, post: label)
    }
}

/// The paths that other rooms and the gate name.
package enum IdentityPath {
    package static let signIn = "/sign-in"
    package static let code = "/sign-in/code"
    package static let account = "/account"
    package static let password = "/account/password"
    package static let secondFactor = "/account/second-factor"
    package static let accounts = "/accounts"
    package static let audit = "/audit"
}
