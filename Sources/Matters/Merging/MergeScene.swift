import Delivery
import Directory
import Identity
import Kernel
import Storage

/// What merging and splitting share within their transaction: two matters, both within the actor's reach, each changed with its history and
/// its clocks.
struct MergeScene {
    let desk: MatterDesk
    let tx: any Transaction
    let principal: Principal
    let address: String?
    let tree: GridTree
    let timing: TownTiming
    let now: Instant

    init(_ desk: MatterDesk, _ tx: any Transaction, by principal: Principal, address: String?) throws {
        (self.desk, self.tx, self.principal, self.address) = (desk, tx, principal, address)
        (tree, timing) = try desk.treeAndTiming(tx, principal.town)
        now = desk.ambient.now()
    }

    var town: ID<Town> { principal.town }
    var merges: MergeStore { MergeStore(tx, town: town) }

    /// - Throws: ``NotFound`` out of reach; ``Forbidden`` `not-the-holder` where others above have it in hand.
    func find(_ id: ID<Matter>) throws -> Matter {
        guard let matter = try MatterStore(tx, town: town).find(id, for: principal)?.rehomed(in: tree) else { throw NotFound() }
        try ActorRules.checkHolder(try principal.scope(for: .routeMatter), holderPath: tree.holderPath(matter.holder))
        return matter
    }

    /// Whether the order was carried out before.
    func isDone(_ id: ID<MatterEvent>, of matter: ID<Matter>, _ digest: String) throws -> Bool {
        guard let done = try MatterEventStore(tx, town: town).done(id) else { return false }
        guard done.matter == matter, done.digest == digest else { throw Conflict("request-reused") }
        return true
    }

    func settling(of matter: Matter, after event: MatterEvent? = nil) throws -> Settling {
        Settling(
            desk: desk, tx: tx, town: town, tree: tree, timing: timing, now: now,
            history: try MatterEventStore(tx, town: town).history(of: matter.id) + [event].compactMap { $0 },
            events: try ClockEventStore(tx, town: town).history(of: matter.id))
    }

    func event(
        _ id: ID<MatterEvent>, _ kind: MatterEvent.Kind, from before: Matter, to after: Matter, _ facts: MatterEvent.Facts
    ) -> MatterEvent {
        MatterEvent(
            id: id, matter: before.id, kind: kind, at: now, actor: MatterEvent.Actor(principal), fromStage: before.stage,
            toStage: after.stage, fromHolder: before.holder, toHolder: after.holder, version: before.version + 1, facts: facts)
    }

    /// Writes what became of a matter, with what its clocks say then.
    /// - Parameter taken: clocks of another matter that go on in this one. What they bring about at once is written down here: whoever
    ///   is above knows of it by the other matter.
    /// - Throws: ``Conflict`` `stale` when somebody was faster.
    func write(_ after: Matter, _ event: MatterEvent, digest: String = "", taken: [TakenClock] = []) throws {
        var matter = after
        matter.version = event.version
        var settling = try settling(of: matter, after: event)
        func add(_ clockEvent: ClockEvent) throws {
            settling.events.append(clockEvent)
            _ = try ClockEventStore(tx, town: town).add(clockEvent)
        }
        for clock in taken {
            try add(
                ClockEvent(
                    id: desk.ambient.newID(), matter: matter.id, kind: .took, at: now, actor: .init(principal), taken: clock))
        }
        let marks = settling.clocks(of: matter).flatMap(\.marks).filter { mark in
            mark.at <= now && taken.contains { $0.kind == mark.clock } && !settling.events.marks.contains(mark.key)
        }
        for mark in marks {
            try add(ClockEvent(mark, of: matter.id, id: desk.ambient.newID(), basis: timing.basis))
        }
        matter.clock = settling.standing(of: matter)
        guard try MatterStore(tx, town: town).update(matter, from: event.version - 1) else { throw Conflict("stale") }
        try MatterEventStore(tx, town: town).add(event, digest: digest)
    }

    /// - Parameter topic: of the message about the source.
    func record(_ act: String, _ topic: String, _ source: Matter, _ target: Matter) throws {
        try AuditTrail(tx).record(
            "matter.\(act)", by: principal, town: town, subject: source.id.description, detail: ["with": target.id.description],
            address: address, ambient: desk.ambient)
        if desk.listeners.isTold(town) {
            try OutboxStore(tx).add(MatterMessage.changed(topic, source, town, desk.ambient), at: now)
        }
    }
}
