package import Identity
package import Kernel
package import Storage

/// Changes of the directory inside another room's transaction: the rows of an import.
///
/// The rules are those of single changes, because it is the same code.
package struct DirectoryWriter {
    private let tx: any Transaction
    private let principal: Principal
    private let scope: Scope
    private let ambient: Ambient
    private let vault: Vault
    /// What the changes come from, as the history names it.
    private let source: String

    package init(
        _ tx: any Transaction, by principal: Principal, in scope: Scope, from source: String, ambient: Ambient, vault: Vault
    ) {
        self.tx = tx
        self.principal = principal
        self.scope = scope
        self.source = source
        self.ambient = ambient
        self.vault = vault
    }

    /// - Parameter id: the grid's id and its change's.
    /// - Throws: as ``OpenGrid``.
    package func open(_ new: NewGrid, as id: ID<DirectoryEvent>) throws -> Grid {
        try OpenGrid.open(new, in: scope, DirectoryChange(tx, by: principal, id, ambient), from: source)
    }

    /// - Parameter id: the post's id and its change's.
    /// - Throws: as ``AppointToPost``.
    package func appoint(_ appointment: Appointment, as id: ID<DirectoryEvent>) throws -> ID<Post> {
        try AppointToPost.appoint(appointment, in: scope, DirectoryChange(tx, by: principal, id, ambient), vault, from: source)
    }

    /// Takes a grid back that nothing hangs on. Its history stays.
    /// - Throws: ``StorageError/foreignKeyViolation(_:)`` when something does.
    package func withdraw(_ grid: ID<GridNode>) throws {
        try GridStore(tx, town: principal.town).delete(grid)
        try GridStore(tx, town: principal.town).bumpVersion(random: ambient.random())
    }

    /// Takes a post back as if it had never been given. Its history stays.
    package func withdraw(_ post: ID<Post>) throws {
        try PostStore(tx, town: principal.town).delete(post)
        try GridStore(tx, town: principal.town).bumpVersion(random: ambient.random())
    }
}
