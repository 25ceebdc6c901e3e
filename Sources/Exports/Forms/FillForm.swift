import Dispatch
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// Takes another office's empty form in, remembers what fills its columns, and fills it from a list ("one table"). 填外来表
struct FillForm: Sendable {
    let database: any Database
    let ambient: Ambient

    /// The largest empty form.
    static let fileLimit = 4 << 20

    /// - Throws: ``Invalid`` for a file that is no form.
    /// - Returns: the form, with what filled the same columns before, else with what their names say.
    func bring(
        _ bytes: [UInt8], named name: String, for list: ExportList, _ words: Words, by principal: Principal,
        request: ID<OfficeForm>
    ) async throws -> ID<OfficeForm> {
        _ = try principal.scope(for: list.permission)
        let place = TakeList.place(principal, list)
        let columns = FormColumn.all(of: list, words)
        let shape: FormShape
        do throws(SpreadsheetFault) {
            shape = try await FormReader().shape(of: bytes, columns)
        } catch {
            throw Invalid([error.fault()])
        }
        let now = ambient.now()
        try await database.write { tx in
            let store = OfficeFormStore(tx, town: principal.town)
            guard try store.find(request, of: list.name, place: place) == nil else { return }
            var form = OfficeForm(
                id: request, place: place, list: list.name, name: String(name.trimmed.suffix(200)), shape: shape,
                sources: FormColumn.match(shape.header, columns))
            if let former = try store.latest(like: shape.header, of: list.name, place: place) {
                let known = Dictionary(zip(former.shape.header.names, former.sources)) { first, _ in first }
                form.sources = shape.header.names.map { known[$0] ?? .empty }
            }
            try store.insert(form, at: now)
            try AuditTrail(tx).record(
                "export.form", by: principal, town: principal.town, subject: list.name, detail: ["form": request.description],
                ambient: ambient)
        }
        return request
    }

    /// - Throws: ``NotFound`` for another place's form.
    func form(_ id: ID<OfficeForm>, of list: ExportList, for principal: Principal) async throws -> OfficeForm {
        let place = TakeList.place(principal, list)
        let found = try await database.read {
            try OfficeFormStore($0, town: principal.town).find(id, of: list.name, place: place)
        }
        guard let found else { throw NotFound() }
        return found
    }

    func forms(of list: ExportList, for principal: Principal) async throws -> [OfficeForm] {
        let place = TakeList.place(principal, list)
        return try await database.read { try OfficeFormStore($0, town: principal.town).all(of: list.name, place: place) }
    }

    /// Remembers what fills the columns.
    /// - Throws: ``Invalid`` for a column the list does not have, ``NotFound``.
    func choose(_ sources: [OfficeForm.Source], of id: ID<OfficeForm>, _ list: ExportList, by principal: Principal) async throws {
        let form = try await form(id, of: list, for: principal)
        let isSound = sources.allSatisfy { source in
            if case .column(let name) = source { list.columns.contains { $0.name == name } } else { true }
        }
        guard isSound, sources.count == form.shape.header.names.count else { throw Invalid("/columns", "not-a-choice") }
        guard sources.contains(where: { $0 != .empty }) else { throw Invalid("/columns", "columns-required") }
        let now = ambient.now()
        try await database.write { try OfficeFormStore($0, town: principal.town).setSources(sources, of: form.id, at: now) }
    }

    func forget(_ id: ID<OfficeForm>, of list: ExportList, by principal: Principal) async throws {
        let form = try await form(id, of: list, for: principal)
        try await database.write { try OfficeFormStore($0, town: principal.town).delete(form.id) }
    }

    /// The form with every row of the list, within the asker's scope.
    /// - Throws: ``NotFound``, ``Invalid`` when the rows do not fit.
    func callAsFunction(
        _ id: ID<OfficeForm>, from list: ExportList, _ question: ExportList.Question
    ) async throws -> (file: SpooledFile, form: OfficeForm) {
        let principal = question.principal
        _ = try principal.scope(for: list.permission)
        let form = try await form(id, of: list, for: principal)
        let file = try TableFile()
        try await file.begin(form.shape)
        var (next, count) = (String?.none, 0)
        repeat {
            let stretch = try await list.rows(question, next)
            guard count + stretch.rows.count <= OfficeForm.rowLimit else {
                throw Invalid("/columns", "form-too-long", ["count": String(OfficeForm.rowLimit)])
            }
            try await file.write(Self.rows(stretch.rows, form.sources, list, from: count + 1))
            count += stretch.rows.count
            next = stretch.next
        } while next != nil
        try await file.write(form.shape.bottom.map { $0.map { $0.isEmpty ? .empty : .text($0) } })
        let rows = count
        try await database.write { tx in
            try AuditTrail(tx).record(
                "export.fill", by: principal, town: principal.town, subject: list.name,
                detail: [
                    "rows": String(rows), "form": id.description,
                    "columns": form.sources.map(\.text).filter { !$0.isEmpty }.joined(separator: ","),
                ], ambient: ambient)
        }
        return (try await file.finish(), form)
    }

    /// The first rows, as the page shows them before anything is taken along.
    func samples(_ form: OfficeForm, from list: ExportList, _ question: ExportList.Question) async throws -> [[Cell]] {
        let stretch = try await list.rows(question, nil)
        return Self.rows(Array(stretch.rows.prefix(2)), form.sources, list, from: 1)
    }

    private static func rows(
        _ rows: [[Cell]], _ sources: [OfficeForm.Source], _ list: ExportList, from first: Int
    ) -> [[Cell]] {
        let places = sources.map { source in
            if case .column(let name) = source { list.columns.firstIndex { $0.name == name } } else { Int?.none }
        }
        return rows.enumerated().map { offset, row in
            zip(sources, places).map { source, place in
                if source == .number { return .whole(first + offset) }
                return place.map { row[$0] } ?? .empty
            }
        }
    }
}

/// Reads a form on a thread of its own.
private actor FormReader {
    private let executor = QueueExecutor("jinlin.form", qos: .utility)
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func shape(of bytes: [UInt8], _ columns: [FormColumn]) throws(SpreadsheetFault) -> FormShape {
        let file = try ScratchFile()
        try file.append(bytes)
        return try FormShape.read(path: file.path, columns)
    }
}
