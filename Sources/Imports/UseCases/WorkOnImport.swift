import Foundation
import Identity
package import Kernel
import Spreadsheets
import Storage

/// Does what an import waits for: judges the file, writes the rows, or takes them back.
///
/// Whatever happens half-way, no row is left behind: judging changes nothing, writing is one transaction, taking back goes on where it
/// stopped. Whoever claims the import next begins again.
package struct WorkOnImport: Sendable {
    let desk: ImportDesk
    /// Which worker this is, unlike any other.
    let worker: String
    /// Told how far the work is, in thousandths.
    let progress: @Sendable (Int) -> Void

    package init(_ desk: ImportDesk, worker: String, progress: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.desk = desk
        self.worker = worker
        self.progress = progress
    }

    static let lease = Span.seconds(20)
    /// Rows of one stored batch.
    static let batch = 500
    /// Faults kept with their cells; more are only counted.
    static let faultLimit = 20_000

    /// Takes an import that waits and works on it.
    /// - Parameter only: this one or none.
    /// - Returns: whether there was one.
    package func callAsFunction(only: ID<Import>? = nil) async throws -> Bool {
        let (worker, now) = (worker, desk.ambient.now())
        guard
            let claim = try await desk.database.write({
                try ImportWorkStore($0).take(worker, only: only, at: now, lease: Self.lease)
            })
        else {
            return false
        }
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hold(claim, gauge) }
            do {
                try await work(claim, gauge)
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
        try await desk.database.write { try ImportWorkStore($0).release(claim, by: worker) }
        return true
    }

    /// How far the work is, as its two tasks share it.
    final class Gauge: Sendable {
        private let value = Guarded(0)
        var thousandths: Int { value.withLock { $0 } }
        func set(_ thousandths: Int) { value.withLock { $0 = thousandths } }
    }

    /// Keeps the claim while the work lasts.
    private func hold(_ claim: ImportWorkStore.Claim, _ gauge: Gauge) async throws {
        while true {
            do { try await Task.sleep(for: .seconds(2)) } catch { return }
            let (worker, until, done) = (worker, desk.ambient.now() + Self.lease, gauge.thousandths)
            progress(done)
            _ = try? await desk.database.write {
                try ImportWorkStore($0).report(claim, by: worker, thousandths: done, until: until)
            }
        }
    }

    private func work(_ claim: ImportWorkStore.Claim, _ gauge: Gauge) async throws {
        guard let item = try await desk.database.read({ try ImportStore($0, town: claim.town).find(claim.id) }) else { return }
        do {
            switch item.state {
            case .checking: try await JudgeImport(desk: desk, gauge: gauge)(item, town: claim.town)
            case .running: try await WriteImport(desk: desk, gauge: gauge)(item, town: claim.town)
            case .undoing: try await UndoImport(desk: desk, gauge: gauge)(item, town: claim.town)
            default: return
            }
        } catch let fault as SpreadsheetFault {
            try await fail(item, fault.code.rawValue + " " + fault.place, claim.town)
        } catch let conflict as Conflict {
            try await fail(item, conflict.reason, claim.town)
        } catch is NotFound {
            try await fail(item, "import-kind-gone", claim.town)
        }
    }

    /// Writes down why the work cannot be done, so that nobody tries again.
    private func fail(_ item: Import, _ problem: String, _ town: ID<Town>) async throws {
        let now = desk.ambient.now()
        _ = try? await desk.database.write { tx in
            var next = item
            (next.state, next.problem, next.changedAt) = (.failed, problem, now)
            try ImportStore(tx, town: town).update(next, from: item.state)
        }
    }
}
