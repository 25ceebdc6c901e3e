package import Directory
package import Identity
package import Kernel
import Matters
package import Storage

/// Sets up a town of this installation, empty but for what every town begins with, and the first account of its office.
package struct FoundTown: Sendable {
    let database: any Database
    let vault: Vault
    let ambient: Ambient

    package init(database: any Database, vault: Vault, ambient: Ambient) {
        self.database = database
        self.vault = vault
        self.ambient = ambient
    }

    /// Who is in the town office first.
    package struct Officer: Sendable {
        package let login: String
        package let name: String
        package let phone: String?

        package init(login: String, name: String, phone: String?) {
            self.login = login
            self.name = name
            self.phone = phone
        }
    }

    /// - Returns: the officer's first password, shown once.
    /// - Throws: ``Invalid`` with everything that is wrong with the town or the account; `StorageError`.
    package func callAsFunction(_ town: TownRecord, officer: Officer) async throws -> String {
        let console = Operator.console(of: town.id)
        let accounts = ManageAccounts(database: database, ambient: ambient)
        let new = ManageAccounts.NewAccount(id: ambient.newID(), login: officer.login, name: officer.name, person: nil, roles: [])
        let (account, password) = try await accounts.prepare(new, by: console)
        try await database.write { [vault, ambient] tx in
            let person = try SetUpTown(tx, by: console, vault: vault, ambient: ambient)(
                town, officer: officer.name, phone: officer.phone)
            try Taxonomy.install(tx, town.id)
            try accounts.insert(account.of(person.id), by: console, tx)
        }
        return password
    }
}
