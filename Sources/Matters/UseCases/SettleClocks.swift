import Delivery
import Directory
package import Kernel
import Storage

/// Writes down what the clocks of open matters have brought about: warnings, breaches with what they set going, pauses that ended,
/// reviews that have come due. Whenever it runs, and in however many processes, each mark is written once, at its own time.
package struct SettleClocks: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// What a sweep did.
    package struct Count: Sendable, Hashable {
        package var matters = 0
        package var marks = 0
    }

    private static let atOnce = 500

    /// Everything that is due in a town; after a change of the calendar or the hours, every open matter.
    /// - Throws: `StorageError`.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>) async throws -> Count {
        var total = Count()
        while true {
            let now = desk.ambient.now()
            let ids = try await desk.database.read { try MatterClockStore($0, town: town).unsettled(at: now, limit: Self.atOnce) }
            guard !ids.isEmpty else { break }
            let count = try await settle(ids, of: town)
            total.matters += count.matters
            total.marks += count.marks
            if count.matters == 0 { break }
        }
        try await workOutAnew(town, &total)
        return total
    }

    /// These matters, whether or not something is due.
    func settle(_ ids: [ID<Matter>], of town: ID<Town>) async throws -> Count {
        guard !ids.isEmpty else { return Count() }
        return try await desk.database.write { tx in
            let taxonomy = try desk.taxonomy(tx, town)
            var count = Count()
            for (matter, settling) in try settlings(ids, of: town, tx) {
                var settling = settling
                count.matters += 1
                count.marks += try settling.settle(matter, category: taxonomy[matter.category])
            }
            return count
        }
    }

    private func settlings(_ ids: [ID<Matter>], of town: ID<Town>, _ tx: any Transaction) throws -> [(Matter, Settling)] {
        let now = desk.ambient.now()
        let (tree, timing) = try desk.treeAndTiming(tx, town)
        let histories = try MatterEventStore(tx, town: town).histories(of: ids)
        let clocks = try ClockEventStore(tx, town: town).histories(of: ids)
        return try MatterClockStore(tx, town: town).matters(ids).map { matter in
            let settling = Settling(
                desk: desk, tx: tx, town: town, tree: tree, timing: timing, now: now, history: histories[matter.id] ?? [],
                events: clocks[matter.id] ?? [])
            return (matter, settling)
        }
    }

    private func workOutAnew(_ town: ID<Town>, _ total: inout Count) async throws {
        let desk = desk
        let (before, basis) = try await desk.database.read { tx in
            (try ClockSettingStore(tx, town: town).workedOut(), try desk.treeAndTiming(tx, town).1.basis)
        }
        guard before != basis else { return }
        // A town that begins has nothing to work out anew.
        if before != nil {
            let count = try await anew(town)
            total.matters += count.matters
            total.marks += count.marks
        }
        try await desk.database.write { try ClockSettingStore($0, town: town).setWorkedOut(basis) }
    }

    /// Every open matter of a town, whether or not something is due. Looked at beside each other, and only those are written that change, so
    /// nobody who reports meanwhile waits for it.
    package func anew(_ town: ID<Town>) async throws -> Count {
        var (total, last) = (Count(), ID<Matter>?.none)
        while true {
            let after = last
            let ids = try await desk.database.read {
                try MatterClockStore($0, town: town).open(after: after, limit: 2 * Self.atOnce)
            }
            guard let end = ids.last else { return total }
            async let first = unsettled(Array(ids.prefix(Self.atOnce)), of: town)
            async let second = unsettled(Array(ids.dropFirst(Self.atOnce)), of: town)
            total.marks += try await settle(first + second, of: town).marks
            total.matters += ids.count
            last = end
        }
    }

    /// Those of them that ``settle(_:of:)`` would change.
    private func unsettled(_ ids: [ID<Matter>], of town: ID<Town>) async throws -> [ID<Matter>] {
        guard !ids.isEmpty else { return [] }
        return try await desk.database.read { tx in
            try settlings(ids, of: town, tx).filter { !$1.isSettled($0) }.map(\.0.id)
        }
    }
}
