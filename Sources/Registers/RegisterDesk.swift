package import Directory
package import Identity
package import Kernel
package import Storage

/// What every use case of this room works with.
package struct RegisterDesk: Sendable {
    package let database: any Database
    package let ambient: Ambient
    package let vault: Vault
    package let directory: DirectoryCache

    package init(database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.directory = directory
    }

    var today: Day { ambient.now().day() }

    /// The town's grids today.
    func tree(_ tx: any Transaction, _ town: ID<Town>) throws -> GridTree {
        try directory.tree(tx, town: town, day: today)
    }

    /// The last day of what is no more: not one to come, and none before it began.
    func check(last day: Day?, of term: Term, at pointer: String) throws(Invalid) {
        guard let day else { return }
        guard day <= today else { throw Invalid(pointer, "in-the-future") }
        guard day >= term.from else { throw Invalid(pointer, "dates-reversed") }
    }

    /// One text for what a request says, under a key: tells a retry from another request, without keeping what it said.
    func digest(_ fields: [String?]) -> String {
        vault.mark(fields.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: "|"), kind: "register-request")
    }
}
