package import Directory
import Identity
package import Kernel
package import Storage

/// What every use case of this room works with.
package struct PointsDesk: Sendable {
    package let database: any Database
    package let ambient: Ambient
    package let directory: DirectoryCache

    package init(database: any Database, ambient: Ambient, directory: DirectoryCache) {
        self.database = database
        self.ambient = ambient
        self.directory = directory
    }

    package var today: Day { ambient.now().day() }

    /// The town's grids today.
    package func tree(_ tx: any Transaction, _ town: ID<Town>) throws -> GridTree {
        try directory.tree(tx, town: town, day: today)
    }

    /// The village of this id, within `scope` and with points switched on (F01).
    /// - Throws: ``NotFound`` otherwise: a village without points has no pages of points.
    package func village(_ id: ID<GridNode>, in scope: Scope, _ tx: any Transaction, _ town: ID<Town>) throws -> Grid {
        let tree = try tree(tx, town)
        guard let village = tree.grid(id), village.level == .one, tree.isIn(scope, id),
            try VillageStore(tx, town: town).isOn(.points, in: id)
        else { throw NotFound() }
        return village
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
