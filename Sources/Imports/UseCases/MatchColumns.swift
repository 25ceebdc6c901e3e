import Identity
package import Kernel
import Spreadsheets
import Storage

/// Says which column is which field, remembers it, and has the file judged. 对应列
package struct MatchColumns: Sendable {
    let desk: ImportDesk

    package init(_ desk: ImportDesk) { self.desk = desk }

    /// What is proposed: what the place chose before for the same column names, else what the names say.
    func proposal(for item: Import, _ survey: Survey, _ tx: any Transaction, town: ID<Town>) throws -> ColumnMapping {
        let store = ImportStore(tx, town: town)
        if let chosen = try store.mapping(of: item.id) { return chosen }
        let fields = try desk.kind(item.kind).fields
        let headed = survey.sheets.filter { $0.header != nil }
        // The sheet that names most fields, and every other one with the same column names.
        let best = headed.max { Self.matches($0, fields) < Self.matches($1, fields) }
        let names = best?.header?.names ?? []
        let signature = ColumnRules.signature(names)
        let sheets = headed.filter { ColumnRules.signature($0.header?.names ?? []) == signature }.map(\.index)
        let known = Set(fields.map(\.name))
        let remembered = try store.remembered(signature, kind: item.kind, place: item.place)?.filter { known.contains($0.value) }
        return ColumnMapping(sheets: sheets, fields: remembered ?? ColumnRules.match(names, fields))
    }

    /// Takes the proposal as it is: for the console, where nobody can be asked.
    package func byProposal(_ id: ID<Import>, by principal: Principal) async throws {
        let mapping = try await desk.database.read { tx in
            let item = try desk.find(id, for: principal, tx)
            return try proposal(for: item, desk.survey(of: item, town: principal.town, tx), tx, town: principal.town)
        }
        try await self(id, mapping, by: principal)
    }

    private static func matches(_ sheet: Survey.Sheet, _ fields: [ImportField]) -> Int {
        ColumnRules.match(sheet.header?.names ?? [], fields).count
    }

    /// - Throws: ``Invalid`` when a needed field has no column or two columns claim one field, ``Conflict`` when the import has moved on.
    package func callAsFunction(_ id: ID<Import>, _ mapping: ColumnMapping, by principal: Principal) async throws {
        try await desk.database.write { tx in
            let item = try desk.find(id, for: principal, tx)
            guard [.uploaded, .checked, .failed].contains(item.state) else { throw Conflict("stale") }
            let survey = try desk.survey(of: item, town: principal.town, tx)
            let kind = try desk.kind(item.kind)
            try Self.check(mapping, survey, kind.fields)
            let store = ImportStore(tx, town: principal.town)
            try store.setMapping(mapping, of: id)
            for sheet in survey.sheets where mapping.sheets.contains(sheet.index) {
                let names = sheet.header?.names ?? []
                let own = mapping.fields.filter { names.contains($0.key) }
                try store.remember(own, ColumnRules.signature(names), kind: item.kind, place: item.place, at: desk.ambient.now())
            }
            var next = item
            next.state = .checking
            next.counts = .init()
            next.problem = nil
            next.changedAt = desk.ambient.now()
            try store.update(next, from: item.state)
        }
    }

    /// A field's column may be missing only where the field may be empty; no field has two columns in one sheet.
    static func check(_ mapping: ColumnMapping, _ survey: Survey, _ fields: [ImportField]) throws(Invalid) {
        var faults: [Fault] = []
        let sheets = survey.sheets.filter { mapping.sheets.contains($0.index) && $0.header != nil }
        if sheets.isEmpty { faults.append(Fault("/sheets", "sheets-required")) }
        for field in fields {
            for sheet in sheets {
                let columns = (sheet.header?.names ?? []).filter { !$0.isEmpty && mapping.fields[$0] == field.name }
                if columns.isEmpty, field.isRequired { faults.append(Fault("/fields/\(field.name)", "column-required")) }
                if columns.count > 1 {
                    faults.append(Fault("/fields/\(field.name)", "column-twice", ["columns": columns.joined(separator: "、")]))
                }
            }
        }
        var seen: Set<Fault> = []
        faults = faults.filter { seen.insert($0).inserted }
        if !faults.isEmpty { throw Invalid(faults) }
    }
}
