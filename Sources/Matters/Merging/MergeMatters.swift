import Directory
import Identity
import Kernel
import Storage

/// Makes a matter part of another one that is the same thing 并案. Both keep their history; every reporter of both is told at the end; the
/// number of the first leads to the second (domain.md F16).
package struct MergeMatters: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` `reason-required` or, at `/number`, `number-unknown`; ``NotFound`` and ``Forbidden`` unless both are within
    ///   reach; ``Conflict`` `stale`, `request-reused` or by ``MergeRules``.
    /// - Returns: the matter that has taken it in; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(_ order: MergeOrder, reason: String) async throws -> Matter {
        var facts = MatterEvent.Facts()
        facts.reason = try EscalateMatter.reason(reason)
        let (desk, town, given) = (desk, order.principal.town, facts)
        let (target, version) = try await target(of: order)
        let digest = desk.digest(["merge", order.source.description, target.description, facts.reason])
        // What the clocks have brought about comes first, as if the sweep had run in time.
        _ = try await SettleClocks(desk).settle([order.source, target], of: town)
        return try await desk.database.write { tx in
            let scene = try MergeScene(desk, tx, by: order.principal, address: order.address)
            let (source, into) = (try scene.find(order.source), try scene.find(target))
            if try scene.isDone(order.id, of: source.id, digest) { return into }
            guard source.version == order.version, version.map({ $0 == into.version }) ?? true else { throw Conflict("stale") }
            try MergeRules.check(source, into: into)
            var (part, whole) = (source, into)
            part.stage = .merged
            whole.tier = MergeRules.tier([into.tier, source.tier])
            whole.holder = MergeRules.holder(
                of: into.holder, with: source.holder, whole.tier, path: scene.tree.rungs(to: into.place.grid))
            let taken = MergeRules.taken(
                try scene.settling(of: source).clocks(of: source), by: try scene.settling(of: into).clocks(of: into),
                at: into.stage)
            var (partFacts, wholeFacts) = (given, given)
            (partFacts.note, wholeFacts.note) = (into.number.description, source.number.description)
            let gone = scene.event(order.id, .merged, from: source, to: part, partFacts)
            let took = scene.event(desk.ambient.newID(), .tookIn, from: into, to: whole, wholeFacts)
            // In one order, so that two people at once wait for one another instead of each for the other.
            if source.id < into.id {
                try scene.write(part, gone, digest: digest)
                try scene.write(whole, took, taken: taken)
            } else {
                try scene.write(whole, took, taken: taken)
                try scene.write(part, gone, digest: digest)
            }
            try scene.merges.add(Merge(id: order.id, source: source.id, target: into.id, tier: into.tier, at: scene.now))
            part.version = gone.version
            try scene.record("merge", "merged", part, whole)
            return try scene.find(into.id)
        }
    }

    /// The target's id, and the version of it that was seen.
    private func target(of order: MergeOrder) async throws -> (ID<Matter>, Int?) {
        switch order.target {
        case .shown(let id, let version): return (id, version)
        case .number(let number):
            let found = try await desk.database.read { tx -> ID<Matter>? in
                let town = order.principal.town
                guard let lead = try NumberLead(number, town: town, tx) else { return nil }
                return try MatterStore(tx, town: town).find(lead.matter.id, for: order.principal)?.id
            }
            guard let found else { throw Invalid("/number", "number-unknown") }
            return (found, nil)
        }
    }
}
