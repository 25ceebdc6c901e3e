import Foundation
import Kernel
import Storage

/// Reads the whole file and judges every row, without any change: by its cells first, then by its kind's checker or by
/// writing all of it in a transaction that is given up. 试导入
struct JudgeImport: Sendable {
    let desk: ImportDesk
    let gauge: WorkOnImport.Gauge

    func callAsFunction(_ item: Import, town: ID<Town>) async throws {
        let kind = try desk.kind(item.kind)
        let (survey, mapping) = try await desk.database.read { tx in
            (try desk.survey(of: item, town: town, tx), try ImportStore(tx, town: town).mapping(of: item.id))
        }
        guard let mapping else { throw Conflict("stale") }
        try await desk.database.write { try ImportContentStore($0, town: town, of: item.id).forgetReading() }
        let checker = try await desk.database.read { try kind.checker($0, desk.context(item, kind, town: town)) }
        let places = Dictionary(uniqueKeysWithValues: kind.fields.enumerated().map { ($1.name, $0) })
        let intake = try await desk.intake(of: item, town: town)
        try await intake.begin(survey, mapping, kind.fields)
        var counts = Import.Counts()
        var (batches, faults) = (0, 0)
        while true {
            var stretch = try await intake.next(WorkOnImport.batch)
            if let checker { try Self.check(&stretch, checker, places, survey, mapping) }
            counts.rows += stretch.rows
            counts.faulty += stretch.faulty
            let kept = Array(stretch.faults.prefix(max(0, WorkOnImport.faultLimit - faults)))
            let sealed =
                stretch.sound.isEmpty ? nil : try desk.seal(RowCoding.encode(stretch.sound), "batch.\(batches)", of: item.id)
            let (number, firstFault) = (batches, faults)
            if sealed != nil || !kept.isEmpty {
                try await desk.database.write(.snapshot) { tx in
                    let content = ImportContentStore(tx, town: town, of: item.id)
                    if let sealed { try content.add(batch: sealed, number) }
                    for (index, fault) in kept.enumerated() { try content.add(fault, firstFault + index) }
                }
            }
            batches += sealed == nil ? 0 : 1
            faults += kept.count
            gauge.set(checker == nil ? stretch.thousandths * 6 / 10 : stretch.thousandths)
            if stretch.isLast { break }
        }
        let refused = checker == nil ? try await WriteImport(desk: desk, gauge: gauge).rehearse(item, town: town) : []
        counts.faulty += Set(refused.map(\.ordinal)).count
        counts.sound = counts.rows - counts.faulty
        let (found, firstFault, now) = (counts, faults, desk.ambient.now())
        try await desk.database.write { tx in
            let content = ImportContentStore(tx, town: town, of: item.id)
            for (index, fault) in refused.enumerated() { try content.add(fault, firstFault + index) }
            var next = item
            (next.state, next.counts, next.changedAt) = (.checked, found, now)
            try ImportStore(tx, town: town).update(next, from: .checking)
        }
    }

    /// Takes the rows out that the checker speaks against.
    private static func check(
        _ stretch: inout SheetIntake.Stretch, _ checker: any RowChecker, _ places: [String: Int], _ survey: Survey,
        _ mapping: ColumnMapping
    ) throws {
        var sound: [PreparedRow] = []
        sound.reserveCapacity(stretch.sound.count)
        for row in stretch.sound {
            do {
                try checker.check(ImportValues(fields: places, values: row.values))
                sound.append(row)
            } catch {
                stretch.faults += try WriteImport.faults(error, row, survey, mapping)
                stretch.faulty += 1
            }
        }
        stretch.sound = sound
    }
}
