package import Kernel

/// What an account may be besides what its person's posts give (等保 三员: running the system, and auditing it, are apart).
package enum AccountRole: String, Sendable, CaseIterable {
    /// Runs the installation: accounts and operations; sees no matter and no personal data.
    case `operator`
    /// Reads the audit log; changes nothing.
    case auditor
    /// A resident with an account of their own.
    case resident

    /// As the history records it, beside the names of posts.
    var title: String {
        switch self {
        case .operator: "系统管理"
        case .auditor: "审计"
        case .resident: "居民"
        }
    }

    package var permissions: Set<Permission> {
        switch self {
        case .operator: [.manageAccounts, .seeOperations, .manageIntegrations]
        case .auditor: [.readAudit]
        case .resident: [.beResident]
        }
    }
}

extension Permission {
    package static let manageAccounts = Permission("account.manage")
    package static let seeOperations = Permission("operations.see")
    /// Say who outside is told of what happens.
    package static let manageIntegrations = Permission("integrations.manage")
    package static let readAudit = Permission("audit.read")
    package static let beResident = Permission("resident.self")
}

/// Somebody who can sign in. 账号
package struct Account: Sendable, Hashable {
    package let town: ID<Town>
    package let id: ID<AccountNode>
    package let login: String
    package let name: String
    package let person: ID<PersonNode>?
    package let roles: Set<AccountRole>
    package let passwordHash: String
    package let passwordChangedAt: Instant
    /// Given by somebody else, so to be changed at the first sign-in.
    package let mustChangePassword: Bool
    package let failures: Lockout.State
    /// The sealed TOTP secret; nil until enrolled.
    package let totpSecret: [UInt8]?
    /// The last time step whose code was used, so that no code works twice.
    package let totpStep: Int64
    package let lastSignIn: Instant?
    /// Since when it has been open: made, given a new password, or let in again after a pause.
    package let openedAt: Instant
    package let disabledAt: Instant?

    package init(
        town: ID<Town>, id: ID<AccountNode>, login: String, name: String, person: ID<PersonNode>?, roles: Set<AccountRole>,
        passwordHash: String,
        passwordChangedAt: Instant, mustChangePassword: Bool, failures: Lockout.State, totpSecret: [UInt8]?, totpStep: Int64,
        lastSignIn: Instant?, openedAt: Instant, disabledAt: Instant?
    ) {
        self.town = town
        self.id = id
        self.login = login
        self.name = name
        self.person = person
        self.roles = roles
        self.passwordHash = passwordHash
        self.passwordChangedAt = passwordChangedAt
        self.mustChangePassword = mustChangePassword
        self.failures = failures
        self.totpSecret = totpSecret
        self.totpStep = totpStep
        self.lastSignIn = lastSignIn
        self.openedAt = openedAt
        self.disabledAt = disabledAt
    }

    /// The same account for somebody known.
    package func of(_ person: ID<PersonNode>) -> Account {
        Account(
            town: town, id: id, login: login, name: name, person: person, roles: roles, passwordHash: passwordHash,
            passwordChangedAt: passwordChangedAt, mustChangePassword: mustChangePassword, failures: failures,
            totpSecret: totpSecret,
            totpStep: totpStep, lastSignIn: lastSignIn, openedAt: openedAt, disabledAt: disabledAt)
    }
}

/// A signed-in browser.
package struct SignedInSession: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case web
        /// The account's own phone: a longer idle time for those without office permissions.
        case phone
    }

    /// How far the sign-in has come.
    package enum Stage: String, Sendable {
        /// The password was right; the code is still to come.
        case password
        case full
    }

    package let account: ID<AccountNode>
    package let kind: Kind
    package let stage: Stage
    package let createdAt: Instant
    package let lastSeenAt: Instant
}
