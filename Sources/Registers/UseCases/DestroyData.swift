import Directory
import Identity
package import Kernel
import Storage

/// Destroys personal data whose time is over, and writes down that it did. Run by a job; may be stopped and run again. 到期销毁
package struct DestroyData: Sendable {
    private let desk: RegisterDesk
    private static let atOnce = 500

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Returns: the records written, one for each purpose and kind of data of which something was destroyed.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>) async throws -> [Destruction] {
        let purposes = try await desk.database.read { try DataPurposeStore($0, town: town).all() }
        var records: [Destruction] = []
        for purpose in purposes {
            // What is over altogether goes whole; what goes on loses what ended long enough ago.
            let isOver = RetentionRules.isOver(purpose, on: desk.today)
            let limit = RetentionRules.firstDayKept(purpose, on: desk.today)
            records += try await destroy(town, purpose.code, .careMarks, isOver ? .purposeOver : .retentionOver) { tx in
                try DestructionStore(tx, town: town).destroyMarks(
                    of: purpose.code, endedBefore: isOver ? nil : limit, limit: Self.atOnce)
            }
            if purpose.code == "care" {
                records += try await destroy(town, purpose.code, .visitNotes, .retentionOver) { tx in
                    try DestructionStore(tx, town: town).destroyVisitNotes(before: limit.start(), limit: Self.atOnce)
                }
            }
            if purpose.code == "residence" {
                records += try await destroy(town, purpose.code, .people, .retentionOver) { [desk] tx in
                    let store = DestructionStore(tx, town: town)
                    let people = try store.withJoined(store.leftPeople(before: limit, limit: 100))
                    if !people.isEmpty { try store.destroy(people, at: desk.ambient.now()) }
                    return people.count
                }
            }
        }
        return records
    }

    /// Destroys batch by batch; each batch and its record are one transaction, so nothing goes without a record.
    private func destroy(
        _ town: ID<Town>, _ purpose: String, _ what: Destruction.What, _ reason: Destruction.Reason,
        _ batch: @escaping @Sendable (any Transaction) throws -> Int
    ) async throws -> [Destruction] {
        var records: [Destruction] = []
        while true {
            let record = try await desk.database.write { [desk] tx -> Destruction? in
                let count = try batch(tx)
                guard count > 0 else { return nil }
                let record = Destruction(
                    id: desk.ambient.newID(), at: desk.ambient.now(), purpose: purpose, what: what, records: count, reason: reason
                )
                try DestructionStore(tx, town: town).append(record)
                try AuditTrail(tx).record(
                    "registers.data.destroy", by: nil, town: town, subject: record.id.description,
                    detail: ["purpose": purpose, "what": what.rawValue, "records": String(count), "reason": reason.rawValue],
                    ambient: desk.ambient)
                return record
            }
            guard let record else { return records }
            records.append(record)
        }
    }
}
