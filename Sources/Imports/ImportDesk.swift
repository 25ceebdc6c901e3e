package import Directory
package import Identity
package import Kernel
package import Storage

extension Permission {
    /// Bring spreadsheets into the registers and see what came of them.
    package static let importData = Permission("import.run")
}

/// What every use case of this room works with.
package struct ImportDesk: Sendable {
    package let database: any Database
    package let ambient: Ambient
    package let vault: Vault
    package let directory: DirectoryCache
    package let kinds: [any ImportKind]

    package init(database: any Database, ambient: Ambient, vault: Vault, directory: DirectoryCache, kinds: [any ImportKind]) {
        self.database = database
        self.ambient = ambient
        self.vault = vault
        self.directory = directory
        self.kinds = kinds
    }

    /// - Throws: ``NotFound`` when there is no such kind.
    package func kind(_ name: String) throws(NotFound) -> any ImportKind {
        guard let kind = kinds.first(where: { $0.name == name }) else { throw NotFound() }
        return kind
    }

    /// The kinds that somebody may import.
    func kinds(for principal: Principal) -> [any ImportKind] { kinds.filter { principal.may($0.permission) } }

    /// The import, if it is within reach of both the room's permission and its kind's.
    /// - Throws: ``Forbidden``, ``NotFound``.
    func find(_ id: ID<Import>, for principal: Principal, _ tx: any Transaction) throws -> Import {
        let scope = try principal.scope(for: .importData)
        guard let item = try ImportStore(tx, town: principal.town).find(id, in: scope), let kind = try? kind(item.kind) else {
            throw NotFound()
        }
        guard let own = principal.grants[kind.permission], try Self.covers(own, item, tx, principal.town) else {
            throw NotFound()
        }
        return item
    }

    private static func covers(_ scope: Scope, _ item: Import, _ tx: any Transaction, _ town: ID<Town>) throws -> Bool {
        guard let place = item.place else { return scope == .town }
        return try GridStore(tx, town: town).find(place, in: scope) != nil
    }

    func context(_ item: Import, _ kind: any ImportKind, town: ID<Town>) -> ImportContext {
        ImportContext(
            principal: item.principal(in: town, kind.permission), scope: item.scope, source: item.id.description, ambient: ambient
        )
    }

    // MARK: Sealed

    func seal(_ bytes: [UInt8], _ part: String, of id: ID<Import>) throws -> [UInt8] {
        try vault.seal(bytes: bytes, for: "import.\(part) \(id)")
    }
    func open(_ sealed: [UInt8], _ part: String, of id: ID<Import>) throws -> [UInt8] {
        try vault.open(bytes: sealed, for: "import.\(part) \(id)")
    }
}
