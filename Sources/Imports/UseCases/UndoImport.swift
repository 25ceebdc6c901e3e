import Foundation
import Identity
import Kernel
import Storage

/// Takes back what an import wrote, the last first. What something hangs on by now stays, and is counted. 整批撤销
struct UndoImport: Sendable {
    let desk: ImportDesk
    let gauge: WorkOnImport.Gauge

    func callAsFunction(_ item: Import, town: ID<Town>) async throws {
        let kind = try desk.kind(item.kind)
        var (kept, total) = (0, 0)
        while let (number, entries) = try await desk.database.read({
            try ImportContentStore($0, town: town, of: item.id).lastEntries()
        }) {
            total = max(total, number + 1)
            kept += try await takeBack(entries.reversed(), item, kind, town)
            try await desk.database.write { try ImportContentStore($0, town: town, of: item.id).removeEntries(number) }
            gauge.set((total - number) * 1000 / (total + 1))
        }
        let (left, now) = (kept, desk.ambient.now())
        try await desk.database.write { tx in
            var next = item
            (next.state, next.changedAt) = (.undone, now)
            next.counts.kept = left
            try ImportStore(tx, town: town).update(next, from: .undoing)
            try ImportContentStore(tx, town: town, of: item.id).destroy()
            try AuditTrail(tx).record(
                "import.undone", by: item.principal(in: town, .importData), town: town, subject: item.id.description,
                detail: ["kind": item.kind, "kept": String(left)], ambient: desk.ambient)
        }
    }

    /// Takes entries back in one transaction; when something hangs on one of them, in two halves, down to that one.
    /// - Returns: how many had to stay.
    private func takeBack(_ entries: [ImportEntry], _ item: Import, _ kind: any ImportKind, _ town: ID<Town>) async throws -> Int
    {
        guard !entries.isEmpty else { return 0 }
        do {
            try await desk.database.write { tx in
                let session = try kind.session(tx, desk.context(item, kind, town: town))
                for entry in entries { try session.undo(entry) }
            }
            return 0
        } catch let error where Self.mustStay(error) {
            guard entries.count > 1 else { return 1 }
            let half = entries.count / 2
            return try await takeBack(Array(entries[..<half]), item, kind, town)
                + takeBack(Array(entries[half...]), item, kind, town)
        }
    }

    /// Whether what an entry wrote is needed or changed by now.
    private static func mustStay(_ error: any Error) -> Bool {
        switch error {
        case StorageError.foreignKeyViolation, is ChangedSince: true
        default: false
        }
    }
}
