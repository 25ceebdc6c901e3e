import Identity
package import Kernel
package import Spreadsheets
package import Storage
package import Web

/// Writes a list into a file, page by page: the columns that the place chose, within the asker's scope. 导出列表
package struct TakeList: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// Whose choices and forms count: those of the asker's village or grid, or the town's. Whoever has several grids keeps their own with the
    /// first of them, and never changes the town's.
    static func place(_ principal: Principal, _ list: ExportList) -> ID<GridNode> {
        if case .grids(let roots) = principal.grants[list.permission] ?? .nothing, let root = roots.min() { return root }
        return ID(principal.town.uuid)
    }

    /// The columns in the order they were chosen in; the usual ones when nobody chose.
    package func columns(of list: ExportList, for principal: Principal) async throws -> [ExportList.Column] {
        let place = Self.place(principal, list)
        let chosen = try await database.read {
            try ExportChoiceStore($0, town: principal.town).columns(of: list.name, place: place)
        }
        return Self.columns(chosen ?? [], of: list)
    }

    /// Columns that are gone are left out; without any the usual ones are taken.
    static func columns(_ chosen: [String], of list: ExportList) -> [ExportList.Column] {
        let found = chosen.compactMap { name in list.columns.first { $0.name == name } }
        return found.isEmpty ? list.columns.filter(\.isUsual) : found
    }

    /// Remembers the columns for the asker's place.
    /// - Throws: ``Invalid`` when none is left.
    package func choose(_ names: [String], of list: ExportList, by principal: Principal) async throws {
        let known = names.filter { name in list.columns.contains { $0.name == name } }
        guard !known.isEmpty else { throw Invalid("/columns", "columns-required") }
        let (place, now) = (Self.place(principal, list), ambient.now())
        try await database.write {
            try ExportChoiceStore($0, town: principal.town).choose(known, of: list.name, place: place, at: now)
        }
    }

    /// - Throws: ``Forbidden`` without the list's permission, ``SpreadsheetFault``.
    /// - Parameter chosen: the names of the columns; nil for those that the place chose.
    package func callAsFunction(
        _ list: ExportList, _ format: SpreadsheetFormat, _ question: ExportList.Question, columns chosen: [String]? = nil
    ) async throws -> SpooledFile {
        _ = try question.principal.scope(for: list.permission)
        let columns: [ExportList.Column] =
            if let chosen { Self.columns(chosen, of: list) } else { try await columns(of: list, for: question.principal) }
        let places = columns.compactMap { column in list.columns.firstIndex { $0.name == column.name } }
        let file = try TableFile()
        try await file.begin(
            format, title: question.words.text(list.titleKey), header: columns.map { question.words.text($0.key) })
        var (next, count) = (String?.none, 0)
        repeat {
            let stretch = try await list.rows(question, next)
            try await file.write(stretch.rows.map { row in places.map { row[$0] } })
            count += stretch.rows.count
            next = stretch.next
        } while next != nil
        // Who took what along is written down: the file is out of our hands.
        let (rows, principal) = (count, question.principal)
        try await database.write { tx in
            try AuditTrail(tx).record(
                "export.take", by: principal, town: principal.town, subject: list.name,
                detail: ["rows": String(rows), "columns": columns.map(\.name).joined(separator: ",")], ambient: ambient)
        }
        return try await file.finish()
    }
}
