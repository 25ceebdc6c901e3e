import Foundation
import Identity
import Kernel
import Spreadsheets
import Storage

/// Writes the rows of a judged import in one transaction: whoever looks sees none of them or all.
///
/// On one snapshot, because a register read and written as if alone would lock half the database of a county against everybody else.
struct WriteImport: Sendable {
    let desk: ImportDesk
    let gauge: WorkOnImport.Gauge

    /// A transaction given up on purpose, with what it found.
    private struct Rehearsed: Error {
        let faults: [RowFault]
        let fates: RowFates
    }

    /// What became of the rows.
    private struct Written {
        var rows = 0
        var refused: [RowFault] = []
        var fates = RowFates()
    }

    func callAsFunction(_ item: Import, town: ID<Town>) async throws {
        let now = desk.ambient.now()
        do {
            try await desk.database.write(.snapshot) { tx in
                let written = try write(item, tx, town)
                let refused = written.refused
                // What was sound when it was judged may have been overtaken since.
                if item.policy == .all, !refused.isEmpty { throw Rehearsed(faults: refused, fates: written.fates) }
                let content = ImportContentStore(tx, town: town, of: item.id)
                let first = try content.nextFault()
                for (index, fault) in refused.enumerated() { try content.add(fault, first + index) }
                try content.forgetNotes()
                for (index, note) in written.fates.notes.enumerated() { try content.add(note, index) }
                var next = item
                (next.state, next.changedAt) = (.finished, now)
                next.counts.written = written.rows
                next.counts.fates = written.fates.counts
                next.counts.faulty += Set(refused.map(\.ordinal)).count
                next.counts.sound = next.counts.rows - next.counts.faulty
                try ImportStore(tx, town: town).update(next, from: .running)
                try AuditTrail(tx).record(
                    "import.finish", by: item.principal(in: town, .importData), town: town, subject: item.id.description,
                    detail: ["kind": item.kind, "rows": String(written.rows)], ambient: desk.ambient)
            }
        } catch let rehearsed as Rehearsed {
            try await reopen(item, rehearsed.faults, rehearsed.fates, town)
        }
    }

    /// What the rules say to every row, without any change.
    func rehearse(_ item: Import, town: ID<Town>) async throws -> (refused: [RowFault], fates: RowFates) {
        do {
            try await desk.database.write(.snapshot) { tx in
                let written = try write(item, tx, town)
                throw Rehearsed(faults: written.refused, fates: written.fates)
            }
            return ([], RowFates())
        } catch let rehearsed as Rehearsed {
            return (rehearsed.faults, rehearsed.fates)
        }
    }

    /// Back to the decision, with what has come up since.
    private func reopen(_ item: Import, _ faults: [RowFault], _ fates: RowFates, _ town: ID<Town>) async throws {
        let now = desk.ambient.now()
        try await desk.database.write { tx in
            let content = ImportContentStore(tx, town: town, of: item.id)
            let first = try content.nextFault()
            for (index, fault) in faults.enumerated() { try content.add(fault, first + index) }
            try content.forgetNotes()
            for (index, note) in fates.notes.enumerated() { try content.add(note, index) }
            var next = item
            next.counts.fates = fates.counts
            (next.state, next.policy, next.changedAt) = (.checked, nil, now)
            next.counts.faulty += Set(faults.map(\.ordinal)).count
            next.counts.sound = next.counts.rows - next.counts.faulty
            try ImportStore(tx, town: town).update(next, from: .running)
        }
    }

    private func write(_ item: Import, _ tx: any Transaction, _ town: ID<Town>) throws -> Written {
        let kind = try desk.kind(item.kind)
        return try write(item, kind, try kind.session(tx, desk.context(item, kind, town: town)), tx, town)
    }

    /// One stored batch as it comes out of its seal, with what could be made out of it without the database.
    private struct Batch<Prepared: Sendable>: Sendable {
        let rows: [PreparedRow]
        let values: [ImportRow]
        let prepared: Prepared
    }

    private func write<Session: ImportSession>(
        _ item: Import, _ kind: any ImportKind, _ session: Session, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> Written {
        let content = ImportContentStore(tx, town: town, of: item.id)
        let places = Dictionary(uniqueKeysWithValues: kind.fields.enumerated().map { ($1.name, $0) })
        let mapping = try ImportStore(tx, town: town).mapping(of: item.id)
        let survey = try desk.survey(of: item, town: town, tx)
        let (faulty, preparation, desk) = (try content.faultyRows(), session.preparation, desk)
        func read(_ number: Int) throws -> Ahead<Batch<Session.Prepared>>? {
            guard let sealed = try content.batch(number) else { return nil }
            return Ahead {
                let rows = try RowCoding.decode(try desk.open(sealed, "batch.\(number)", of: item.id)).filter {
                    !faulty.contains($0.ordinal)
                }
                let values = rows.map {
                    ImportRow(values: ImportValues(fields: places, values: $0.values), id: Self.id(of: $0.ordinal, in: item.id))
                }
                return Batch(rows: rows, values: values, prepared: preparation(values))
            }
        }
        var (written, number) = (Written(), 0)
        var coming = try read(0)
        while let batch = try coming?.value() {
            coming = try read(number + 1)
            var entries: [ImportEntry] = []
            try session.prepare(batch.values, batch.prepared)
            for (row, values) in zip(batch.rows, batch.values) {
                do {
                    let outcome = try session.write(values)
                    entries += outcome.entries
                    written.fates.add(outcome.fate, row)
                    written.rows += outcome.fate == .unchanged ? 0 : 1
                } catch {
                    written.refused += try Self.faults(error, row, survey, mapping)
                }
            }
            try session.settle()
            if [2, 8, 32, 128, 512].contains(number) { try session.measure() }
            try content.add(entries, number)
            number += 1
            gauge.set(
                min(999, 600 + Int(Double(written.rows) / Double(max(1, max(item.counts.sound, written.rows + 1000))) * 400)))
        }
        return written
    }

    /// What is wrong with a row, with the cells it stands in.
    /// - Throws: the error itself, when it is not about the row.
    static func faults(_ error: any Error, _ row: PreparedRow, _ survey: Survey, _ mapping: ColumnMapping?) throws
        -> [RowFault]
    {
        let faults: [Fault]
        switch error {
        case let invalid as Invalid: faults = invalid.faults
        case is NotFound: faults = [Fault("", "outside-reach")]
        case let forbidden as Forbidden: faults = [Fault("", forbidden.reason)]
        case let conflict as Conflict: faults = [Fault("", conflict.reason)]
        default: throw error
        }
        let names = survey.sheets.first { $0.index == row.sheet }?.header?.names ?? []
        return faults.map { fault in
            let field = String(fault.pointer.drop { $0 == "/" })
            return RowFault(
                ordinal: row.ordinal, sheet: row.sheet, row: row.row,
                column: names.firstIndex { !field.isEmpty && mapping?.fields[$0] == field },
                field: field.isEmpty ? nil : field, code: fault.code, values: fault.values)
        }
    }

    /// The id of what a row makes: the import's own time and chance with the row's place between them, so that ids rise with the rows and
    /// the same row has the same id in every try.
    static func id(of ordinal: Int, in item: ID<Import>) -> UUID {
        var bytes = withUnsafeBytes(of: item.uuid.uuid) { Array($0) }
        let place = UInt32(truncatingIfNeeded: ordinal)
        // Right behind the variant.
        bytes[8] = 0x80 | UInt8(place >> 26 & 0x3F)
        bytes[9] = UInt8(place >> 18 & 0xFF)
        bytes[10] = UInt8(place >> 10 & 0xFF)
        bytes[11] = UInt8(place >> 2 & 0xFF)
        bytes[12] = UInt8(place << 6 & 0xC0) | bytes[12] & 0x3F
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
