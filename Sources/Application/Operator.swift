import Directory
package import Identity
package import Kernel
import Matters
import Open311
import Points
import Registers
package import Storage

/// What the operator does from the server's own console, where nobody is signed in. Every act is in the audit log.
package struct Operator: Sendable {
    let database: any Database
    let ambient: Ambient
    /// The code of the town that is meant; nil when there is only one.
    let townCode: String?

    package init(database: any Database, ambient: Ambient, town townCode: String? = nil) {
        self.database = database
        self.ambient = ambient
        self.townCode = townCode
    }

    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    /// Makes an account for the installation's town.
    /// - Returns: its first password.
    package func add(login: String, name: String, roles: Set<AccountRole>) async throws -> String {
        let new = ManageAccounts.NewAccount(id: ambient.newID(), login: login, name: name, person: nil, roles: roles)
        return try await ManageAccounts(database: database, ambient: ambient).create(new, by: try await console())
    }

    /// - Returns: the new first password.
    package func reset(login: String) async throws -> String {
        let console = try await console()
        guard let account = try await database.read({ try AccountStore($0).find(login: login, town: console.town) }) else {
            throw Refused(description: "There is no account \(login).")
        }
        let manage = ManageAccounts(database: database, ambient: ambient)
        _ = try await manage.change(.removeSecondFactor, account: account.id, by: console)
        return try await manage.change(.resetPassword, account: account.id, by: console) ?? ""
    }

    package func accounts() async throws -> [Account] {
        let console = try await console()
        return try await database.read { try AccountStore($0).list(console.town, containing: "", after: "", limit: 10_000) }
    }

    /// Sets figures of the town's rules for passwords and sessions, all of them or none.
    /// - Throws: ``Invalid`` for a name or a value that is none.
    /// - Returns: the rules as they stand.
    package func setPolicy(_ changes: [(name: String, value: String)]) async throws -> SecurityPolicy {
        let (console, ambient) = (try await console(), ambient)
        return try await database.write { tx in
            let accounts = AccountStore(tx)
            var policy = try accounts.policy(of: console.town)
            guard !changes.isEmpty else { return policy }
            for change in changes { try policy.set(change.name, to: change.value) }
            try accounts.setPolicy(policy, of: console.town)
            try AuditTrail(tx).record(
                "policy.set", by: console, town: console.town, subject: console.town.description,
                detail: Dictionary(changes.map { ($0.name, $0.value) }) { $1 }, ambient: ambient)
            return policy
        }
    }

    /// Makes an API key that may read the town and its points, and report and follow matters.
    /// - Parameters:
    ///   - readsResidents: the key may also read the registers, with numbers masked, and write visits: for a program that needs it.
    ///   - onlyOpen311: the key may send reports by GeoReport v2 and nothing else.
    package func makeKey(named name: String, readsResidents: Bool = false, onlyOpen311: Bool = false) async throws -> String {
        let console = try await console()
        let token = "jl_" + SessionStore.newToken(ambient)
        let whole = [DirectoryRoom.grants, MattersRoom.grants, PointsRoom.grants]
            .reduce(into: Set<Permission>()) { $0.formUnion($1[.townOffice] ?? []) }
            .union(readsResidents ? [.readResident, .editResident] : [])
        let permissions = onlyOpen311 ? [.sendByOpen311] : whole
        try await database.write { [ambient] tx in
            let id = ambient.newID(AccountNode.self)
            try SessionStore(tx).insertKey(
                id: id, token: token, name: name, permissions: permissions, town: console.town, at: ambient.now())
            try AuditTrail(tx).record(
                "api-key.create", by: console, town: console.town, subject: id.description,
                detail: ["name": name, "residents": readsResidents ? "1" : "0"], ambient: ambient)
        }
        return token
    }

    /// Seals again, in every town, what former keys sealed.
    /// - Parameter progress: told the column and how many of its values so far.
    /// - Returns: how many values.
    package func reseal(with keys: MasterKeys, progress: @Sendable (String, Int) -> Void) async throws -> Int {
        let reseal = Reseal(database: database, vault: Vault(keys: keys.keys), columns: Instance.sealedColumns)
        var count = 0
        for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
            count += try await reseal(town, progress: progress)
        }
        let (console, total, number) = (try? await console(), count, keys.keys.keys.max() ?? 0)
        if let console {
            try await database.write { [ambient] tx in
                try AuditTrail(tx).record(
                    "keys.reseal", by: console, town: console.town, subject: String(number), detail: ["values": String(total)],
                    ambient: ambient)
            }
        }
        return count
    }

    /// The console as the audit log names it.
    /// - Parameter permissions: what it is about to do, over the whole town.
    package func console(permissions: [Permission] = [.manageAccounts]) async throws -> Principal {
        let towns = try await database.read { try TownStore($0).all() }
        guard !towns.isEmpty else {
            throw Refused(description: "There is no town yet: make one with `jinlin town add`, or `jinlin demo` to try it.")
        }
        if let townCode {
            guard let town = towns.first(where: { $0.code == townCode }) else {
                throw Refused(description: "There is no town with the code \(townCode): see `jinlin town list`.")
            }
            return Self.console(of: town.id, permissions)
        }
        guard towns.count == 1 else {
            throw Refused(description: "There are several towns: say which with --town CODE (see `jinlin town list`).")
        }
        return Self.console(of: towns[0].id, permissions)
    }

    static func console(of town: ID<Town>, _ permissions: [Permission] = [.manageAccounts]) -> Principal {
        Principal(
            town: town, account: ID(.version7(at: Instant(milliseconds: 0), random: (0, 0))), person: nil, name: "console",
            grants: Dictionary(permissions.map { ($0, .town) }) { first, _ in first }, post: "console")
    }
}
