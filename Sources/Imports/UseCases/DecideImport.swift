import Identity
package import Kernel
import Storage

/// What becomes of a judged import: written, taken back or thrown away. 确认、撤销
package struct DecideImport: Sendable {
    let desk: ImportDesk

    package init(_ desk: ImportDesk) { self.desk = desk }

    /// Has the rows written.
    /// - Throws: ``Conflict`` when it is not waiting for that, ``Invalid`` when all rows are wanted and some are faulty, or none is sound.
    package func run(_ id: ID<Import>, _ policy: Import.Policy, by principal: Principal) async throws {
        try await move(id, by: principal, "import.run", ["policy": policy.rawValue]) { item in
            // Asked twice, it runs once.
            if [.running, .finished].contains(item.state), item.policy == policy { return nil }
            guard item.state == .checked else { throw Conflict("stale") }
            if policy == .all, item.counts.faulty > 0 {
                throw Invalid("/policy", "rows-faulty", ["count": String(item.counts.faulty)])
            }
            guard item.counts.sound > 0 else { throw Invalid("/policy", "rows-none") }
            var next = item
            (next.state, next.policy) = (.running, policy)
            return next
        }
    }

    /// Has everything that was written taken back.
    package func undo(_ id: ID<Import>, by principal: Principal) async throws {
        try await move(id, by: principal, "import.undo", [:]) { item in
            if [.undoing, .undone].contains(item.state) { return nil }
            guard item.state == .finished else { throw Conflict("stale") }
            var next = item
            next.state = .undoing
            return next
        }
    }

    /// Throws an import away that nothing was written of, with its file.
    package func discard(_ id: ID<Import>, by principal: Principal) async throws {
        try await move(id, by: principal, "import.discard", [:]) { item in
            if item.state == .discarded { return nil }
            guard [.uploaded, .checked, .failed].contains(item.state) else { throw Conflict("stale") }
            var next = item
            next.state = .discarded
            return next
        }
    }

    private func move(
        _ id: ID<Import>, by principal: Principal, _ act: String, _ detail: [String: String],
        _ decide: @escaping @Sendable (Import) throws -> Import?
    ) async throws {
        try await desk.database.write { tx in
            let item = try desk.find(id, for: principal, tx)
            guard var next = try decide(item) else { return }
            next.changedAt = desk.ambient.now()
            try ImportStore(tx, town: principal.town).update(next, from: item.state)
            if next.state == .discarded { try ImportContentStore(tx, town: principal.town, of: id).destroy() }
            try AuditTrail(tx).record(
                act, by: principal, town: principal.town, subject: id.description,
                detail: detail.merging(["kind": item.kind]) { old, _ in old },
                ambient: desk.ambient)
        }
    }
}
