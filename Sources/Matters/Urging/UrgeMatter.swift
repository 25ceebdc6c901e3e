import Delivery
import Directory
import Identity
package import Kernel
import Storage

/// Urges whoever holds a matter 催办: the level above does, and whoever reported it, once the promised time is over. Written into its
/// history, told to whoever is told of messages, and shown on top of the holder's list until somebody acts.
package struct UrgeMatter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - version: the matter's that was seen.
    ///   - words: for the staff; may be empty.
    /// - Throws: ``Invalid``, ``NotFound``, ``Forbidden`` `urge-not-above`, ``Conflict`` `stale` or by ``UrgeRules``.
    package func callAsFunction(
        _ id: ID<Urge>, _ matter: ID<Matter>, version: Int, words: String, by principal: Principal, address: String? = nil
    ) async throws {
        var validation = Validation()
        let words = validation.text(words, at: "/words", limit: Matter.noteLimit, required: false)
        try validation.finish()
        let (desk, town) = (desk, principal.town)
        try await desk.database.write { tx in
            guard let found = try MatterStore(tx, town: town).find(matter, for: principal) else { throw NotFound() }
            let store = UrgeStore(tx, town: town)
            if let done = try store.find(id) { return try Self.check(done, is: matter, by: principal.account, words) }
            let (tree, timing) = try desk.treeAndTiming(tx, town)
            try Self.checkAbove(found, principal, tree)
            guard found.version == version else { throw Conflict("stale") }
            let last = try store.urges(of: matter).last { $0.side == .office }?.at
            try UrgeRules.checkOffice(found.stage, found.clock, last: last, at: desk.ambient.now(), timing.calendar)
            let urge = Urge(id, found, .office, MatterEvent.Actor(principal), words, desk.ambient.now())
            try write(urge, found, town, principal, address, tx)
        }
    }

    /// By whoever has a number that leads to the matter, which is who reported it, joined in, or reported what went into it.
    /// - Throws: ``NotFound``, also for restricted matters, of which the number's page says nothing; ``Conflict`` by ``UrgeRules``.
    package func byReporter(_ id: ID<Urge>, _ number: PublicNumber, town: ID<Town>, address: String? = nil) async throws {
        let desk = desk
        try await desk.database.write { tx in
            guard let found = try NumberLead(number, town: town, tx)?.matter, !found.isRestricted else { throw NotFound() }
            let store = UrgeStore(tx, town: town)
            if let done = try store.find(id) { return try Self.check(done, is: found.id, by: nil, "") }
            let last = try store.urges(of: found.id).last { $0.side == .reporter }?.at
            try UrgeRules.checkReporter(found.stage, found.clock, last: last, at: desk.ambient.now())
            try write(Urge(id, found, .reporter, nil, "", desk.ambient.now()), found, town, nil, address, tx)
        }
    }

    /// Whoever reaches the level above the holder.
    static func checkAbove(_ matter: Matter, _ principal: Principal, _ tree: GridTree) throws(Forbidden) {
        guard let above = try? RoutingRules.up(from: matter.holder, path: tree.rungs(to: matter.place.grid)),
            principal.grants[.routeMatter]?.covers(tree.holderPath(above)) ?? false
        else { throw Forbidden("urge-not-above") }
    }

    private static func check(_ done: Urge, is matter: ID<Matter>, by account: ID<AccountNode>?, _ words: String) throws {
        guard done.matter == matter, done.actor?.account == account, done.words == words else { throw Conflict("request-reused") }
    }

    private func write(
        _ urge: Urge, _ matter: Matter, _ town: ID<Town>, _ principal: Principal?, _ address: String?, _ tx: any Transaction
    ) throws {
        try UrgeStore(tx, town: town).add(urge, in: matter.place.village)
        try AuditTrail(tx).record(
            "matter.urge", by: principal, town: town, subject: matter.id.description,
            detail: ["side": urge.side.rawValue, "level": String(urge.holder.level)], address: address, ambient: desk.ambient)
        if desk.listeners.isTold(town) { try OutboxStore(tx).add(MatterMessage.urged(matter, town, desk.ambient), at: urge.at) }
    }
}

extension Urge {
    /// Of a matter as it stands.
    fileprivate init(
        _ id: ID<Urge>, _ matter: Matter, _ side: Side, _ actor: MatterEvent.Actor?, _ words: String, _ now: Instant
    ) {
        self.init(
            id: id, matter: matter.id, side: side, at: now, actor: actor, words: words, holder: matter.holder,
            version: matter.version)
    }
}
