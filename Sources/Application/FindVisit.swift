import Directory
import Identity
import Kernel
import Storage
import Web

/// Finds the town and the person of a request: from memory where it is a visitor without a session, else in one read.
struct FindVisit: Sendable {
    let database: any Database
    let ambient: Ambient
    let towns: TownRegister
    let findPrincipal: FindPrincipal

    /// - Throws: ``Unauthenticated`` for an API key that is not known; `StorageError`.
    func callAsFunction(_ credentials: Credentials) async throws -> Visit {
        let town = try await towns.town(for: credentials.host, database: database)
        if let bearer = credentials.bearer {
            guard let found = try await database.read({ try findPrincipal(key: bearer, town: town.id, tx: $0) }) else {
                throw Unauthenticated()
            }
            return Visit(town: town, principal: found.principal)
        }
        guard let session = credentials.session,
            let found = try await database.read({ try findPrincipal(session: session, town: town.id, tx: $0) })
        else { return Visit(town: town, principal: nil) }
        if found.isStale {
            let now = ambient.now()
            try await database.write { try SessionStore($0).touch(token: session, town: town.id, at: now) }
        }
        return Visit(town: town, principal: found.principal, gate: found.gate)
    }
}
