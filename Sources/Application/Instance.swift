package import Delivery
import Directory
import Foundation
import Identity
import Integrations
package import Kernel
package import Logging
import Matters
import Media
import Open311
package import Storage
package import Web

/// The whole product over one database: rooms, site and jobs. The composition root; it holds no rule of the domain.
package struct Instance: Sendable {
    package let database: any Database
    package let site: Site
    package let jobs: [Job]
    package let courier: Courier

    /// Puts the rooms together over a database that is up to date.
    /// - Throws: `BadCatalogue` when words or templates do not fit; file errors of the photo folder.
    package init(configuration: Configuration, database: any Database, keys: MasterKeys, ambient: Ambient, logger: Logger) throws
    {
        self.database = database
        let vault = Vault(keys: keys.keys)
        let towns = TownRegister()
        let cache = DirectoryCache()
        let photos = try BlobStore(folder: configuration.data.appending(path: "photos").path)

        let posts = PostGrants(cache: cache, permissions: PostGrants.merged([DirectoryRoom.grants, MattersRoom.grants]))
        let findPrincipal = FindPrincipal(ambient: ambient, officePermissions: [.manageAccounts, .readAudit, .seeOperations]) {
            let held = try posts($0, town: $1, person: $2, day: $3)
            return HeldGrants(grants: held.grants, label: held.post)
        }
        let audience = Audience()
        let matters = MattersRoom(
            database: database, ambient: ambient, vault: vault, directory: cache, photos: photos,
            audience: audience)
        let directory = DirectoryRoom(
            database: database, ambient: ambient, vault: vault, cache: cache, towns: towns, matters: matters.window)
        let identity = IdentityRoom(database: database, ambient: ambient, vault: vault, findPrincipal: findPrincipal) {
            try PersonStore($0, town: $1).find(matching: $2, vault).map(\.id)
        }
        let open311 = Open311Room(database: database, ambient: ambient, matters: matters, findPrincipal: findPrincipal)
        let words = matters.desk.messageWords
        courier = Courier(database: database, ambient: ambient, words: words, audience: audience) { subscriber, tx in
            try ManageSubscribers.settings(of: subscriber, vault, tx).channel(HTTPWire.send)
        }
        let integrations = IntegrationsRoom(database: database, ambient: ambient, vault: vault, directory: cache, words: words)
        let operations = OperationsRoutes(database: database, ambient: ambient, audience: audience)

        let visits = FindVisit(database: database, ambient: ambient, towns: towns, findPrincipal: findPrincipal)
        site = try Site(
            rooms: [
                Room(name: "operations", routes: operations.routes + FootRoutes.routes), identity.room, directory.room,
                matters.room, open311.room, integrations.room,
            ], assets: Site.assets,
            ambient: ambient, secret: keys.formSecret, secure: configuration.secure, behindProxy: configuration.behindProxy,
            limitsVisitors: configuration.limitsVisitors, englishName: { cache.englishName(of: $1, town: $0) },
            report: { error, call in
                logger.error(
                    "request failed",
                    metadata: ["route": "\(call.route.name)", "request": "\(call.requestID)", "error": "\(error)"])
            }, findVisit: visits.callAsFunction)
        jobs = Self.jobs
    }

    private static var jobs: [Job] {
        [
            Job("audit-seal", every: .seconds(2)) { database, _ in
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
                    while try await database.write({ try AuditSeal($0).seal(town) }) == 5000 {}
                }
            },
            Job("session-cleanup", every: .hours(1)) { database, now in
                try await database.write { _ = try SessionStore($0).forget(lastSeenBefore: now - .days(31)) }
            },
            Job("outbox-cleanup", every: .hours(6)) { database, now in
                try await database.write { _ = try OutboxStore($0).forget(deliveredBefore: now - .days(30)) }
            },
        ]
    }
}
