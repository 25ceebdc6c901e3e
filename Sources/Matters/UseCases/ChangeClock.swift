import Directory
import Identity
package import Kernel
import Storage

/// Who wants something of a matter's clocks.
package struct ClockOrder: Sendable {
    /// Made by whoever acts, so that a retry writes once.
    package let id: ID<ClockEvent>
    package let matter: ID<Matter>
    package let principal: Principal
    package let address: String?

    package init(id: ID<ClockEvent>, matter: ID<Matter>, by principal: Principal, address: String? = nil) {
        (self.id, self.matter, self.principal, self.address) = (id, matter, principal, address)
    }
}

/// What a change of the clocks finds when it is its turn.
struct ClockScene {
    let matter: Matter
    let settling: Settling
    let handlers: Set<ID<AccountNode>>
    let tree: GridTree

    var finish: MatterClock? { settling.clocks(of: matter).last { $0.kind == .finish } }
    var pending: ClockEvent? { settling.events.pending }

    /// Down to the level above whoever holds the matter; empty for the town.
    var abovePath: [ID<GridNode>] {
        let above = try? RoutingRules.up(from: matter.holder, path: tree.rungs(to: matter.place.grid))
        return tree.holderPath(above ?? .town)
    }

    /// - Throws: ``Forbidden``.
    func checkGrant(by principal: Principal, asker: ID<AccountNode>?) throws(Forbidden) {
        try ActorRules.checkGrant(
            by: principal.account, principal.grants[.routeMatter], abovePath: abovePath, asker: asker, handlers: handlers)
    }
}

/// What all changes of clocks share: find the matter within reach, know a retry, write the entry, the new standing and the audit log in one
/// transaction.
struct ChangeClock: Sendable {
    let desk: MatterDesk

    /// - Parameter decide: makes the entry by the rules, or throws.
    /// - Throws: ``NotFound`` out of scope, ``Conflict`` `request-reused` and what `decide` throws.
    func callAsFunction(
        _ order: ClockOrder, decide: @escaping @Sendable (ClockScene, Instant) throws -> ClockEvent
    ) async throws {
        let (desk, town) = (desk, order.principal.town)
        let known = try await desk.database.read { try MatterStore($0, town: town).find(order.matter, for: order.principal) }
        guard known != nil else { throw NotFound() }
        // What the clocks have brought about comes first.
        _ = try await SettleClocks(desk).settle([order.matter], of: town)
        try await desk.database.write { tx in
            guard let matter = try MatterStore(tx, town: town).find(order.matter, for: order.principal) else { throw NotFound() }
            let (events, history) = (ClockEventStore(tx, town: town), MatterEventStore(tx, town: town))
            let (tree, timing) = try desk.treeAndTiming(tx, town)
            let now = desk.ambient.now()
            var settling = Settling(
                desk: desk, tx: tx, town: town, tree: tree, timing: timing, now: now, history: try history.history(of: matter.id),
                events: try events.history(of: matter.id))
            if let done = settling.events.first(where: { $0.id == order.id }) {
                guard done.actor?.account == order.principal.account else { throw Conflict("request-reused") }
                return
            }
            guard matter.stage.isOpen else { throw Conflict("closed") }
            let scene = ClockScene(
                matter: matter, settling: settling, handlers: try history.handlers(of: matter.id), tree: tree)
            let event = try decide(scene, now)
            guard try events.add(event) else { throw Conflict("already-decided") }
            settling.events.append(event)
            var after = matter
            after.clock = settling.standing(of: matter)
            try MatterClockStore(tx, town: town).setClock(of: after)
            try AuditTrail(tx).record(
                "matter.clock-\(event.kind.rawValue)", by: order.principal, town: town, subject: matter.id.description,
                detail: event.ask.map { ["ask": $0.kind.rawValue, "reason": $0.reason.rawValue] } ?? [:], address: order.address,
                ambient: desk.ambient)
        }
    }
}
