package import Kernel
package import Storage
package import Web

/// Signing in, one's own account, other people's accounts and the audit log: routes, navigation, templates and words.
package struct IdentityRoom: Sendable {
    let database: any Database
    let ambient: Ambient
    let vault: Vault
    let findPrincipal: FindPrincipal
    /// People by name or phone. Filled by Directory, which knows them.
    let findPeople: @Sendable (any Transaction, ID<Town>, String) throws -> [ID<PersonNode>]

    package init(
        database: any Database, ambient: Ambient, vault: Vault, findPrincipal: FindPrincipal,
        findPeople: @escaping @Sendable (any Transaction, ID<Town>, String) throws -> [ID<PersonNode>]
    ) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.findPrincipal = findPrincipal
        self.findPeople = findPeople
    }

    package var room: Room {
        Room(
            name: "identity",
            routes: signInRoutes + accountRoutes + accountsRoutes + [
                Route(.get, IdentityPath.audit, .holder(.readAudit), handle: audit)
            ],
            navigation: [
                NavItem(
                    IdentityPath.accounts, key: "web.nav.accounts", icon: "accounts", order: 80, access: .holder(.manageAccounts),
                    forStaff: true),
                NavItem(
                    IdentityPath.audit, key: "web.nav.audit", icon: "audit", order: 90, access: .holder(.readAudit),
                    forStaff: true),
            ],
            templates: [
                "identity-sign-in": PackageResources.identity_sign_in_mustache,
                "identity-second-factor": PackageResources.identity_second_factor_mustache,
                "identity-password": PackageResources.identity_password_mustache,
                "identity-account": PackageResources.identity_account_mustache,
                "identity-accounts": PackageResources.identity_accounts_mustache,
                "identity-account-edit": PackageResources.identity_account_edit_mustache,
                "identity-audit": PackageResources.identity_audit_mustache,
            ], zh: PackageResources.identity_zh_json, en: PackageResources.identity_en_json)
    }
}
