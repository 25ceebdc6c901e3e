import Directory
import Kernel
import Storage

/// Every statement about matters that change hands without being worked on.
struct MatterHandoverStore {
    private let tx: any Transaction
    private let town: ID<Town>

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// What is open in the hands of some grids, the nearest deadline first.
    func open(heldBy grids: [ID<GridNode>]) throws -> [Matter] {
        try open("m.holder_grid_id IN (\(list: grids))")
    }

    /// What is open in the hands of a grid or lies in it.
    func open(in grid: ID<GridNode>) throws -> [Matter] {
        try open("(m.holder_grid_id = \(grid) OR m.grid_id = \(grid))")
    }

    private func open(_ condition: SQL) throws -> [Matter] {
        try tx.query(
            """
            SELECT \(MatterStore.columns) FROM matter m WHERE m.town_id = \(town) AND m.is_open = 1 AND \(condition)
            ORDER BY m.due_at, m.id
            """
        ).map(Matter.init(row:))
    }

    /// Those of some matters that this reader may see.
    func find(_ ids: [ID<Matter>], for principal: Principal) throws -> [Matter] {
        guard let scope = principal.grants[.readMatter], !ids.isEmpty else { return [] }
        return try tx.query(
            """
            SELECT \(MatterStore.columns) FROM matter m
            WHERE m.town_id = \(town) AND m.id IN (\(list: ids)) AND \(GridScope.predicate(scope, town: town, grid: "m.grid_id"))
                AND \(RestrictedReach(principal).condition(in: town))
            ORDER BY m.id
            """
        ).map(Matter.init(row:))
    }

    /// Writes down that a matter went into other hands; its stage and its clocks stay as they are.
    /// - Parameter matter: as it was, but for a place that is known otherwise now.
    func passOn(
        _ matter: Matter, _ kind: MatterEvent.Kind, to holder: Holder, _ facts: MatterEvent.Facts, by principal: Principal,
        _ ambient: Ambient
    ) throws {
        var after = matter
        after.holder = holder
        after.version += 1
        guard try MatterStore(tx, town: town).update(after, from: matter.version) else { throw Conflict("stale") }
        try MatterEventStore(tx, town: town).add(
            MatterEvent(
                id: ambient.newID(), matter: matter.id, kind: kind, at: ambient.now(), actor: MatterEvent.Actor(principal),
                fromStage: matter.stage, toStage: matter.stage, fromHolder: matter.holder, toHolder: holder,
                version: after.version, facts: facts))
    }
}
