import Kernel
import Storage
import Web

/// What programs may ask of imports: how far they are and what is wrong.
struct ImportAPI: Sendable {
    let desk: ImportDesk

    var routes: [Route] {
        [
            Route(.get, "/api/v1/imports", .holder(.importData), kind: .api(Self.listOperation)) { call in
                let found = try await ReadImports(desk: desk).list(
                    before: call.query["before"].flatMap { ID($0) }, by: try call.signedIn())
                return try .json(["imports": found.imports.map { ImportDocument($0, thousandths: nil) }])
            },
            Route(.get, "/api/v1/imports/{import}", .holder(.importData), kind: .api(Self.showOperation)) { call in
                let (view, _) = try await ReadImports(desk: desk).view(try call.id("import"), faults: 1, by: try call.signedIn())
                return try .json(ImportDocument(view.item, thousandths: view.thousandths))
            },
            Route(.get, "/api/v1/imports/{import}/faults", .holder(.importData), kind: .api(Self.faultsOperation)) { call in
                let (view, _) = try await ReadImports(desk: desk).view(
                    try call.id("import"), faults: 1000, by: try call.signedIn())
                return try .json(["faults": view.faults.map { FaultDocument($0, call) }])
            },
        ]
    }

    private static let listOperation = Operation(
        id: "listImports", summary: "The latest imports within reach.", tag: "Imports",
        query: [.init("before", "The id of the last import of the page before.", .uuid)],
        answer: .object([.init("imports", .array(.object(ImportDocument.properties)))]))

    private static let showOperation = Operation(
        id: "getImport", summary: "One import: its state, its rows, how far the work on it is.", tag: "Imports",
        answer: .object(ImportDocument.properties))

    private static let faultsOperation = Operation(
        id: "listImportFaults", summary: "What is wrong with an import's rows, at most a thousand, with their cells.",
        tag: "Imports",
        answer: .object([.init("faults", .array(.object(FaultDocument.properties), maxItems: 1000))]))
}

/// An import as a program is told of it.
struct ImportDocument: Sendable, Encodable {
    let id: ID<Import>
    let kind: String
    let grid: ID<GridNode>?
    let file: String
    let state: String
    let rows: Int
    let sound: Int
    let faulty: Int
    let written: Int
    let fates: [String: Int]?
    let thousandths: Int?
    let created: String

    init(_ item: Import, thousandths: Int?) {
        id = item.id
        kind = item.kind
        grid = item.place
        file = item.fileName
        state = item.state.rawValue
        rows = item.counts.rows
        sound = item.counts.sound
        faulty = item.counts.faulty
        written = item.counts.written
        fates = item.counts.fates.isEmpty ? nil : Dictionary(item.counts.fates.map { ($0.rawValue, $1) }) { first, _ in first }
        self.thousandths = thousandths
        created = item.createdAt.rfc3339
    }

    static let properties: [Schema.Property] = [
        .init("id", .uuid), .init("kind", .string()), .init("grid", .uuid, required: false, "Absent for the whole town."),
        .init("file", .string()), .init("state", .choice(Import.State.allCases.map(\.rawValue))),
        .init("rows", .integer(minimum: 0)),
        .init("sound", .integer(minimum: 0)), .init("faulty", .integer(minimum: 0)), .init("written", .integer(minimum: 0)),
        .init(
            "fates",
            .object(RowFate.allCases.map { .init($0.rawValue, .integer(minimum: 0), required: false) }), required: false,
            "What the sound rows come to, by what is registered already; absent before they are judged."),
        .init(
            "thousandths", .integer(minimum: 0, maximum: 1000), required: false,
            "How far the work is; absent when nobody works on it."),
        .init("created", .string(format: "date-time")),
    ]
}

/// A fault as a program is told of it.
struct FaultDocument: Sendable, Encodable {
    let sheet: Int
    let row: Int
    let column: Int?
    let field: String?
    let code: String
    let detail: String

    init(_ fault: RowFault, _ call: Call) {
        sheet = fault.sheet
        row = fault.row
        column = fault.column.map { $0 + 1 }
        field = fault.field
        code = fault.code
        detail = call.reason(fault)
    }

    static let properties: [Schema.Property] = [
        .init("sheet", .integer(minimum: 0), "0 for the file's first sheet."), .init("row", .integer(minimum: 1)),
        .init("column", .integer(minimum: 1), required: false, "1 for A; absent when the whole row is meant."),
        .init("field", .string(), required: false), .init("code", .string()), .init("detail", .string()),
    ]
}
