package import Kernel
package import Storage
package import Web

/// Finds the town a request is for by its host name. Kept in this process for a minute, since towns are set up once in years.
package final class TownRegister: Sendable {
    private struct Kept {
        let until: Instant
        let towns: [TownRecord]
    }
    private let kept = Guarded<Kept?>(nil)

    package init() {}

    /// The town whose host name is `host`; for a host name nobody has, the first town set up.
    /// - Throws: ``NotFound`` when there is no town at all.
    package func town(for host: String, _ tx: any Transaction, at now: Instant) throws -> TownHeader {
        let towns = try all(tx, at: now)
        guard let town = towns.first(where: { $0.hostnames.contains(host) }) ?? towns.first else { throw NotFound() }
        return town.header
    }

    /// The town whose host name is `host` if it is remembered; asks no database.
    package func remembered(for host: String, at now: Instant) -> TownHeader? {
        guard let kept = kept.withLock({ $0 }), now < kept.until else { return nil }
        return (kept.towns.first { $0.hostnames.contains(host) } ?? kept.towns.first)?.header
    }

    /// The town by its id, such as the one a session belongs to.
    /// - Throws: ``NotFound``.
    package func town(_ id: ID<Town>, _ tx: any Transaction, at now: Instant) throws -> TownHeader {
        guard let town = try all(tx, at: now).first(where: { $0.id == id }) else { throw NotFound() }
        return town.header
    }

    /// Makes this process read the towns anew, after one was changed here. Others learn of it within a minute.
    package func forget() { kept.withLock { $0 = nil } }

    private func all(_ tx: any Transaction, at now: Instant) throws -> [TownRecord] {
        if let kept = kept.withLock({ $0 }), now < kept.until { return kept.towns }
        let towns = try TownStore(tx).all()
        // An empty installation is asked again at once, so the first town is served as soon as it is there.
        if !towns.isEmpty { kept.withLock { $0 = Kept(until: now + .minutes(1), towns: towns) } }
        return towns
    }
}
