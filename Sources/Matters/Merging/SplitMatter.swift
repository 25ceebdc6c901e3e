import Directory
import Identity
import Kernel
import Storage

/// Makes a matter one of its own again that had gone into another one 拆分: at the stage where it was, with the time it had left. What the
/// other took over stays: nobody gains time by merging and splitting.
package struct SplitMatter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` `reason-required`, ``NotFound`` and ``Forbidden`` unless both are within reach, ``Conflict`` `not-merged`,
    ///   `stale`, `request-reused`.
    /// - Returns: the matter that is its own again; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(_ order: ActOrder, reason: String) async throws -> Matter {
        var facts = MatterEvent.Facts()
        facts.reason = try EscalateMatter.reason(reason, order)
        let (desk, given) = (desk, facts)
        let digest = desk.digest(["split", order.matter.description, facts.reason])
        return try await desk.database.write { tx in
            let scene = try MergeScene(desk, tx, by: order.principal, address: order.address)
            let part = try scene.find(order.matter)
            if try scene.isDone(order.id, of: part.id, digest) { return part }
            guard part.version == order.version else { throw Conflict("stale") }
            guard part.stage == .merged, let merge = try scene.merges.current(of: part.id) else { throw Conflict("not-merged") }
            let whole = try scene.find(merge.target)
            var (free, rest) = (part, whole)
            free.stage = try scene.settling(of: part).history.last { $0.kind == .merged }?.fromStage ?? .collected
            rest.tier = try tier(of: whole, without: part.id, scene)
            var (freeFacts, restFacts) = (given, given)
            (freeFacts.note, restFacts.note) = (whole.number.description, part.number.description)
            let left = scene.event(order.id, .splitOff, from: part, to: free, freeFacts)
            let gave = scene.event(desk.ambient.newID(), .gaveUp, from: whole, to: rest, restFacts)
            if part.id < whole.id {
                try scene.write(free, left, digest: digest)
                try scene.write(rest, gave)
            } else {
                try scene.write(rest, gave)
                try scene.write(free, left, digest: digest)
            }
            try scene.merges.end(merge, at: scene.now)
            free.version = left.version
            try scene.record("split", "split", free, rest)
            return try scene.find(part.id)
        }
    }

    /// The heaviest of what the matter was by itself and of what is still part of it. One that has ended stays what it was.
    private func tier(of whole: Matter, without part: ID<Matter>, _ scene: MergeScene) throws -> Tier {
        guard whole.stage.isOpen, let own = try scene.merges.first(into: whole.id)?.tier else { return whole.tier }
        let parts = try scene.merges.parts(of: [whole.id]).map(\.source).filter { $0 != part }
        let matters = try parts.compactMap { try MatterStore(scene.tx, town: scene.town).made(by: $0)?.matter }
        return MergeRules.tier([own] + matters.map(\.tier))
    }
}
