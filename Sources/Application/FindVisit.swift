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

    /// - Throws: ``Unauthenticated`` for an API key that is not known; ``NotFound`` when there is no town; `StorageError`.
    func callAsFunction(_ credentials: Credentials) async throws -> Visit {
        let now = ambient.now()
        let (host, bearer, session) = (credentials.host, credentials.bearer, credentials.session)
        if bearer == nil, session == nil, let town = towns.remembered(for: host, at: now) {
            return Visit(town: town, principal: nil)
        }
        let (town, found) = try await database.read { tx in
            let town = try towns.town(for: host, tx, at: now)
            if let bearer {
                guard let found = try findPrincipal(key: bearer, town: town.id, tx: tx) else { throw Unauthenticated() }
                return (town, Optional(found))
            }
            return (town, try session.flatMap { try findPrincipal(session: $0, town: town.id, tx: tx) })
        }
        guard let found else { return Visit(town: town, principal: nil) }
        if let session, found.isStale, credentials.keepsSession {
            try await database.write { try SessionStore($0).touch(token: session, town: town.id, at: now) }
        }
        return Visit(town: town, principal: found.principal, gate: found.gate)
    }
}
