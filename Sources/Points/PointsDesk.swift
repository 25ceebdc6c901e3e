package import Directory
import Identity
package import Kernel
package import Storage

/// What every use case of this room works with.
package struct PointsDesk: Sendable {
    package let database: any Database
    package let ambient: Ambient
    private let readTree: @Sendable (any Transaction, ID<Town>, Day) throws -> GridTree
    private let readCalendar: @Sendable (any Transaction, ID<Town>) throws -> WorkingCalendar

    package init(database: any Database, ambient: Ambient, directory: DirectoryCache) {
        self.init(
            database: database, ambient: ambient, tree: { try directory.tree($0, town: $1, day: $2) },
            calendar: { try directory.calendar($0, town: $1) })
    }

    /// For a town that is only just being made, whose grids are known before they can be asked for day by day.
    package init(
        database: any Database, ambient: Ambient, tree: @escaping @Sendable (any Transaction, ID<Town>, Day) throws -> GridTree,
        calendar: @escaping @Sendable (any Transaction, ID<Town>) throws -> WorkingCalendar
    ) {
        self.database = database
        self.ambient = ambient
        readTree = tree
        readCalendar = calendar
    }

    package var today: Day { ambient.now().day() }

    /// The town's grids today.
    package func tree(_ tx: any Transaction, _ town: ID<Town>) throws -> GridTree {
        try readTree(tx, town, today)
    }

    /// Which days the town works.
    package func calendar(_ tx: any Transaction, _ town: ID<Town>) throws -> WorkingCalendar { try readCalendar(tx, town) }

    /// The village of this id, within `scope` and with points switched on (F01).
    /// - Throws: ``NotFound`` otherwise: a village without points has no pages of points.
    package func village(
        _ id: ID<GridNode>, in scope: Scope, _ tx: any Transaction, _ town: ID<Town>, with capability: Capability = .points
    ) throws -> Grid {
        let tree = try tree(tx, town)
        guard let village = tree.grid(id), village.level == .one, tree.isIn(scope, id) else { throw NotFound() }
        let profile = try VillageStore(tx, town: town).profile(of: id)
        guard profile.isOn(.points), profile.isOn(capability) else { throw NotFound() }
        return village
    }

    /// The village of this id, of which somebody may see any part: a worker of one of its grids sees its rounds.
    /// - Throws: ``NotFound`` otherwise.
    package func villageAround(
        _ id: ID<GridNode>, of scope: Scope, _ tx: any Transaction, _ town: ID<Town>, with capability: Capability = .points
    ) throws -> Grid {
        let tree = try tree(tx, town)
        let isNear =
            switch scope {
            case .town: true
            case .grids(let roots): roots.contains { tree.village(of: $0)?.id == id }
            }
        guard isNear else { throw NotFound() }
        return try village(id, in: .town, tx, town, with: capability)
    }

    /// The villages with points that somebody may see any part of: of a worker of a part of one, that one.
    package func villages(in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> [Grid] {
        let tree = try tree(tx, town)
        let store = VillageStore(tx, town: town)
        let roots: [Grid] =
            switch scope {
            case .town: tree.roots
            case .grids(let ids): tree.roots.filter { root in ids.contains { tree.village(of: $0)?.id == root.id } }
            }
        return try roots.filter { try store.isOn(.points, in: $0.id) }
    }

    /// The household, within `scope` and in a village with points.
    /// - Throws: ``NotFound`` otherwise.
    package func door(_ household: ID<Household>, in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> Door {
        guard let door = try DoorStore(tx, town: town).find(household, in: scope),
            try VillageStore(tx, town: town).isOn(.points, in: door.village)
        else { throw NotFound() }
        return door
    }
}

extension PointsDesk {
    /// The audit entry of a booking.
    func audit(_ act: String, _ entry: PointsEntry, by principal: Principal, _ tx: any Transaction) throws {
        try AuditTrail(tx).record(
            "points.\(act)", by: principal, town: principal.town, subject: entry.id.description,
            detail: ["points": String(entry.effect), "rule": entry.rule?.code ?? "-", "household": entry.household.description],
            ambient: ambient)
    }
}
