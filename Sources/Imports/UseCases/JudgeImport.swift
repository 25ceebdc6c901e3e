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
        var fates = RowFates()
        var (batches, faults) = (0, 0)
        var coming = Task { try await intake.next(WorkOnImport.batch) }
        defer { coming.cancel() }
        while true {
            var stretch = try await coming.value
            // While these are judged, the next are read.
            if !stretch.isLast { coming = Task { try await intake.next(WorkOnImport.batch) } }
            if let checker {
                try await tell(&stretch, &fates, checker, places, survey, mapping)
            }
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
        var refused: [RowFault] = []
        if checker == nil { (refused, fates) = try await WriteImport(desk: desk, gauge: gauge).rehearse(item, town: town) }
        counts.faulty += Set(refused.map(\.ordinal)).count
        counts.sound = counts.rows - counts.faulty
        counts.fates = fates.counts
        let (found, firstFault, now, notes, against) = (counts, faults, desk.ambient.now(), fates.notes, refused)
        try await desk.database.write { tx in
            let content = ImportContentStore(tx, town: town, of: item.id)
            for (index, fault) in against.enumerated() { try content.add(fault, firstFault + index) }
            for (index, note) in notes.enumerated() { try content.add(note, index) }
            var next = item
            (next.state, next.counts, next.changedAt) = (.checked, found, now)
            try ImportStore(tx, town: town).update(next, from: .checking)
        }
    }

    /// Says what the rows come to, and takes those out that the rules or what is known speak against.
    private func tell(
        _ stretch: inout SheetIntake.Stretch, _ fates: inout RowFates, _ checker: any RowChecker, _ places: [String: Int],
        _ survey: Survey, _ mapping: ColumnMapping
    ) async throws {
        let rows = stretch.sound
        let values = rows.map { ImportValues(fields: places, values: $0.values) }
        let found = try await desk.database.read { try checker.fates(of: values, $0) }
        stretch.sound.removeAll(keepingCapacity: true)
        for (row, result) in zip(rows, found) {
            switch result {
            case .success(let fate):
                fates.add(fate, row)
                stretch.sound.append(row)
            case .failure(let invalid):
                stretch.faults += try WriteImport.faults(invalid, row, survey, mapping)
                stretch.faulty += 1
            }
        }
    }
}
