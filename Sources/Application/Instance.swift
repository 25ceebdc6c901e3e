package import Delivery
import Directory
package import Exports
import Foundation
package import Identity
package import Imports
import Integrations
package import Kernel
package import Logging
import Matters
import Media
import Open311
import Points
import Registers
package import Storage
package import Web

/// The whole product over one database: rooms, site and jobs. The composition root; it holds no rule of the domain.
package struct Instance: Sendable {
    package let database: any Database
    package let site: Site
    package let jobs: [Job]
    package let imports: ImportDesk
    package let exports: ExportsRoom
    package let courier: Courier

    /// Puts the rooms together over a database that is up to date.
    /// - Throws: `BadCatalogue` when words or templates do not fit; file errors of the photo folder; `TileSource.Refused`.
    package init(configuration: Configuration, database: any Database, keys: MasterKeys, ambient: Ambient, logger: Logger) throws
    {
        self.database = database
        let vault = Vault(keys: keys.keys)
        let towns = TownRegister()
        let cache = DirectoryCache()
        let photos = try BlobStore(folder: configuration.data.appending(path: "photos").path)

        let posts = PostGrants(
            cache: cache,
            permissions: PostGrants.merged([
                DirectoryRoom.grants, MattersRoom.grants, PointsRoom.grants, RegistersRoom.grants, ImportsRoom.grants,
            ]))
        // Operators, auditors and the town office 镇党建办: whoever reaches the whole town's records needs a second factor.
        let office: Set<Permission> = [.manageAccounts, .readAudit, .seeOperations, .townEdit]
        let findPrincipal = FindPrincipal(ambient: ambient, officePermissions: office) {
            let held = try posts($0, town: $1, person: $2, day: $3)
            let unit = try UnitGrants.held($0, town: $1, person: $2, day: $3)
            return HeldGrants(
                grants: held.grants.merging(unit.grants) { $0.union($1) },
                label: [held.post, unit.label].filter { !$0.isEmpty }.joined(separator: "、"))
        }
        let listeners = Listeners()
        let matters = MattersRoom(
            database: database, ambient: ambient, vault: vault, directory: cache, photos: photos,
            listeners: listeners, isHeldElsewhere: { try HeldPictureStore.holds($0, $1) })
        let registers = RegistersRoom(database: database, ambient: ambient, vault: vault, directory: cache)
        let directory = DirectoryRoom(
            database: database, ambient: ambient, vault: vault, cache: cache, towns: towns, matters: matters.window,
            offers: [PointsRoom.offer], layers: [matters.layer, registers.layer])
        let identity = IdentityRoom(database: database, ambient: ambient, vault: vault, findPrincipal: findPrincipal) {
            try PersonStore($0, town: $1).find(matching: $2, vault).map(\.id)
        }
        let points = PointsRoom(database: database, ambient: ambient, directory: cache)
        let handovers = HandoverRoom(
            database: database, ambient: ambient, vault: vault, cache: cache, matters: matters.window,
            handovers: [RegisterHandover(registers.desk), MatterHandover(matters.desk)],
            regrids: [RegisterRegrid(registers.desk), MatterRegrid(matters.desk)])
        let exchange = ExchangeRoom(database: database, ambient: ambient, directory: cache, photos: photos)
        imports = ImportDesk(
            database: database, ambient: ambient, vault: vault, directory: cache,
            kinds: [
                PeopleKind(directory: cache, vault: vault), EnterprisesKind(directory: cache, vault: vault),
                PropertiesKind(directory: cache, vault: vault),
                GridsKind(directory: cache, vault: vault),
                PostsKind(directory: cache, vault: vault),
            ])
        let words = matters.desk.messageWords
        let integrations = IntegrationsRoom(database: database, ambient: ambient, vault: vault, directory: cache, words: words)
        exports = ExportsRoom(
            database: database, ambient: ambient, findPrincipal: findPrincipal,
            lists: directory.lists + handovers.lists + registers.lists + matters.lists + exchange.lists
                + ImportsRoom(imports).lists + integrations.lists)
        let open311 = Open311Room(database: database, ambient: ambient, matters: matters, findPrincipal: findPrincipal)
        courier = Courier(database: database, ambient: ambient, words: words, listeners: listeners) { subscriber, tx in
            try SubscriberSealStore.settings(of: subscriber, vault, tx).channel(HTTPWire.send)
        }
        let operations = OperationsRoutes(database: database, ambient: ambient, listeners: listeners)

        let tiles = try configuration.tiles.map {
            try TileSource(template: $0.url, crs: $0.crs, approval: $0.approval, attribution: $0.attribution)
        }
        let visits = FindVisit(database: database, ambient: ambient, towns: towns, findPrincipal: findPrincipal)
        site = try Site(
            rooms: [
                Room(name: "operations", routes: operations.routes + FootRoutes.routes), identity.room, directory.room,
                handovers.room, matters.room, matters.joint, matters.routing, matters.hotline, matters.redaction, matters.ratings,
                points.room,
                registers.room,
                registers.properties,
                open311.room,
                ImportsRoom(imports).room, exports.room, integrations.room,
            ] + exchange.rooms, assets: Site.assets,
            ambient: ambient, secret: keys.formSecret, secure: configuration.secure, behindProxy: configuration.behindProxy,
            limitsVisitors: configuration.limitsVisitors, tiles: tiles, englishName: { cache.englishName(of: $1, town: $0) },
            report: { error, call in
                logger.error(
                    "request failed",
                    metadata: ["route": "\(call.route.name)", "request": "\(call.requestID)", "error": "\(error)"])
            }, findVisit: visits.callAsFunction)
        let (clocks, jointClocks) = (SettleClocks(matters.desk), SettleJointTasks(matters.desk))
        jobs =
            Self.jobs(vault: vault, registers: registers.desk) + points.jobs + [
                Job("matter-clocks", every: .seconds(30)) { database, _ in
                    for town in try await database.read({ try TownStore($0).ids() }) {
                        try await clocks(town)
                        try await jointClocks(town)
                    }
                },
                // What was painted over goes within moments; this is for what a power cut left, and for originals whose time is over.
                Job("photo-removal", every: .hours(1)) { database, _ in
                    for town in try await database.read({ try TownStore($0).ids() }) {
                        try await DestroyOriginals(matters.desk)(town)
                        try await RemovePhotoFiles(matters.photoDesk)(town)
                    }
                },
            ]
    }

    private static func jobs(vault: Vault, registers: RegisterDesk) -> [Job] {
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
            Job("destruction", every: .hours(6)) { database, _ in
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
                    try await DestroyData(registers)(town)
                }
            },
            // Whoever was entered without the index, such as before it was there.
            Job("find-fill", every: .hours(1)) { database, now in
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
                    try await FillFinder(database: database, vault: vault)(town, on: now.day())
                }
            },
            // After a new key came into use, values under the former ones are sealed again, little by little and only once.
            Job("reseal", every: .hours(24)) { database, _ in
                guard vault.hasFormerKeys else { return }
                for town in try await database.read({ try TownStore($0).all().map(\.id) }) {
                    try await Reseal(database: database, vault: vault, columns: sealedColumns)(town)
                }
            },
            Job("import-cleanup", every: .hours(1)) { database, now in
                // The file itself is people's data and is kept no longer than somebody works with it.
                for idle in try await database.read({ try ImportWorkStore($0).idle(since: now - .days(7)) }) {
                    try await database.write { try ImportWorkStore($0).destroyFile(idle) }
                }
            },
            Job("area-cleanup", every: .hours(6)) { database, now in
                try await database.write { try AreaImportStore.discard($0, broughtBefore: now - .days(7)) }
            },
        ]
    }

    /// Every sealed column of every room.
    package static let sealedColumns =
        IdentitySealStore.columns + PeopleSealStore.columns + MattersSealStore.columns + RegistersSealStore.columns
        + SubscriberSealStore.columns
}
