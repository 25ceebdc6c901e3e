import Delivery
import Directory
import Identity
import Kernel
import Storage

/// What all acts share: find the matter within reach, know a retry, refuse a stale view, ask the rules, write state, history,
/// audit and message in one transaction.
struct PerformAct: Sendable {
    let desk: MatterDesk
    let act: MatterAct
    let kind: MatterEvent.Kind
    /// Whether it is about what a follow-up has closed, as looking again by the level above is.
    var opensClosed = false

    /// - Parameters:
    ///   - facts: what the history keeps, already checked.
    ///   - also: written in the same transaction, once the matter is.
    ///   - decide: changes the matter by the rules of this act; its stage has been checked.
    /// - Throws: ``NotFound`` out of scope, ``Forbidden``, ``Conflict`` `stale`, `request-reused` or by the rules of the stage.
    /// - Returns: the matter after the act; after a retry, as it stands.
    func callAsFunction(
        _ order: ActOrder, _ facts: MatterEvent.Facts, detail: [String] = [],
        also: @escaping @Sendable (any Transaction) throws -> Void = { _ in },
        decide: @escaping @Sendable (inout Matter, ActScene) throws -> Void
    ) async throws -> Matter {
        try await callAsFunction(Deed(order), facts, detail: detail, also: also, decide: decide)
    }

    /// The same for whoever has the number, too.
    func callAsFunction(
        _ order: Deed, _ facts: MatterEvent.Facts, detail: [String] = [],
        also: @escaping @Sendable (any Transaction) throws -> Void = { _ in },
        decide: @escaping @Sendable (inout Matter, ActScene) throws -> Void
    ) async throws -> Matter {
        let digest = desk.digest([act.rawValue] + Self.fields(facts) + detail)
        do {
            return try await perform(order, facts, digest, also, decide)
        } catch is Unsettled {
            // What the clocks have brought about comes first, as if the sweep had run in time.
            _ = try await SettleClocks(desk).settle([order.matter], of: order.town)
            return try await perform(order, facts, digest, also, decide)
        }
    }

    private func perform(
        _ order: Deed, _ facts: MatterEvent.Facts, _ digest: String,
        _ also: @escaping @Sendable (any Transaction) throws -> Void,
        _ decide: @escaping @Sendable (inout Matter, ActScene) throws -> Void
    ) async throws -> Matter {
        try await desk.database.write { tx in
            let matters = MatterStore(tx, town: order.town)
            let history = MatterEventStore(tx, town: order.town)
            let (tree, timing) = try desk.treeAndTiming(tx, order.town)
            guard let before = try find(order, matters)?.rehomed(in: tree) else { throw NotFound() }
            if try isDone(order, digest, history) { return before }
            if before.stage.isOpen, before.clock.isUnsettled(at: desk.ambient.now()) { throw Unsettled() }
            let scope = try order.principal?.scope(for: ActorRules.permission(for: act))
            guard before.version == order.version else { throw Conflict("stale") }
            try StageRules.check(act, in: before.stage, opensClosed: opensClosed)
            let scene = ActScene(
                matter: before, path: tree.rungs(to: before.place.grid), below: tree.rungs(below: before.place.grid),
                handlers: act == .followUp ? try history.handlers(of: before.id) : [],
                category: try desk.taxonomy(tx, order.town)[before.category])
            try check(scope, scene, tree, order.principal)
            var after = before
            try decide(&after, scene)
            after.version = before.version + 1
            let event = entry(order, facts, before, after)
            after.clock = try standing(after, event, tree, timing, history, tx)
            guard try matters.update(after, from: before.version) else {
                // Somebody was faster, perhaps the first sending of this very act.
                if try isDone(order, digest, history) { return try find(order, matters) ?? before }
                throw Conflict("stale")
            }
            try record(order, event, digest, after, tx)
            try also(tx)
            return after
        }
    }

    private func find(_ order: Deed, _ matters: MatterStore) throws -> Matter? {
        guard let principal = order.principal else { return try matters.made(by: order.matter)?.matter }
        return try matters.find(order.matter, for: principal)
    }

    private func isDone(_ order: Deed, _ digest: String, _ history: MatterEventStore) throws -> Bool {
        guard let done = try history.done(order.id) else { return false }
        guard done.matter == order.matter, done.digest == digest else { throw Conflict("request-reused") }
        return true
    }

    private func check(_ scope: Scope?, _ scene: ActScene, _ tree: GridTree, _ principal: Principal?) throws {
        guard let scope, let principal else { return try ActorRules.checkReporter(act) }
        guard act == .followUp else { return try ActorRules.checkHolder(scope, holderPath: tree.holderPath(scene.matter.holder)) }
        // Asking again is for others than the holder; it must only be their part of the town.
        guard scope.covers(tree.holderPath(Holder(grid: scene.matter.place.grid, level: 1))) else { throw Forbidden() }
        try ActorRules.checkFollowUp(by: principal.account, handlers: scene.handlers)
    }

    /// What the clocks say once `event` has happened.
    private func standing(
        _ after: Matter, _ event: MatterEvent, _ tree: GridTree, _ timing: TownTiming, _ history: MatterEventStore,
        _ tx: any Transaction
    ) throws -> ClockStanding {
        try Settling(
            desk: desk, tx: tx, town: tree.town, tree: tree, timing: timing, now: event.at,
            history: history.history(of: after.id) + [event],
            events: ClockEventStore(tx, town: tree.town).history(of: after.id)
        ).standing(of: after)
    }

    private func entry(_ order: Deed, _ facts: MatterEvent.Facts, _ before: Matter, _ after: Matter) -> MatterEvent {
        MatterEvent(
            id: order.id, matter: before.id, kind: kind, at: desk.ambient.now(),
            actor: order.principal.map { MatterEvent.Actor($0) },
            fromStage: before.stage, toStage: after.stage, fromHolder: before.holder, toHolder: after.holder,
            version: after.version,
            facts: facts)
    }

    private func record(
        _ order: Deed, _ event: MatterEvent, _ digest: String, _ after: Matter, _ tx: any Transaction
    ) throws {
        let town = order.town
        try MatterEventStore(tx, town: town).add(event, digest: digest)
        try MatterPhotoStore(tx, town: town).add(order.photos, to: event, ids: order.photos.map { _ in desk.ambient.newID() })
        try AuditTrail(tx).record(
            "matter.\(act.rawValue)", by: order.principal, town: town, subject: after.id.description,
            detail: ["stage": after.stage.rawValue, "level": String(after.holder.level)], address: order.address,
            ambient: desk.ambient)
        if desk.listeners.isTold(town) {
            try OutboxStore(tx).add(MatterMessage.acted(act, after, town, desk.ambient), at: event.at)
        }
    }

    private static func fields(_ facts: MatterEvent.Facts) -> [String] {
        [
            facts.reason, facts.note, facts.reply, facts.finding?.rawValue ?? "", facts.outcome?.rawValue ?? "",
            facts.way?.rawValue ?? "",
            facts.satisfied.map(String.init) ?? "", facts.rating.map(String.init) ?? "",
        ]
    }
}

/// The clocks have brought something about that is not written down yet.
private struct Unsettled: Error {}

extension GridTree {
    /// Everything below a grid, as rungs.
    func rungs(below grid: ID<GridNode>) -> [Rung] {
        descendants(of: grid).map { Rung(grid: $0.id, level: $0.level.rawValue, isStaffed: staffed.contains($0.id)) }
    }
}
