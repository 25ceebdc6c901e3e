package import Identity
package import Kernel
import Spreadsheets
package import Storage
package import Web

/// Every list as a spreadsheet, with the columns the village wants. 表格导出
package struct ExportsRoom: Sendable {
    let take: TakeList
    let fill: FillForm
    package let lists: [ExportList]

    package init(database: any Database, ambient: Ambient, findPrincipal: FindPrincipal, lists: [ExportList]) {
        take = TakeList(database: database, ambient: ambient)
        fill = FillForm(database: database, ambient: ambient)
        self.lists = lists + [AuditList.list(database), AccountList.list(database, ambient, findPrincipal)]
    }

    package static let migrations = ExportsMigrations.all

    package var room: Room {
        Room(
            name: "exports",
            routes: [
                Route(.get, "/office/exports/{list}", .signedIn) { try await show($0, []) },
                Route(.post, "/office/exports/{list}", .signedIn, bodyLimit: 16_384, handle: choose),
                Route(.get, "/office/exports/{list}/file", .signedIn, handle: file),
            ] + formRoutes,
            templates: [
                "exports-show": PackageResources.exports_show_mustache, "exports-form": PackageResources.exports_form_mustache,
            ], zh: PackageResources.exports_zh_json,
            en: PackageResources.exports_en_json)
    }

    /// Where a list's page leads, with what it is filtered by.
    package static func path(_ list: String, _ query: [(String, String)] = []) -> String {
        let query = Form.query(query)
        return "/office/exports/\(list)" + (query.isEmpty ? "" : "?\(query)")
    }

    func list(_ call: Call) throws -> (list: ExportList, question: ExportList.Question) {
        guard let list = lists.first(where: { $0.name == call.parameters["list"] }) else { throw NotFound() }
        let principal = try call.signedIn()
        _ = try principal.scope(for: list.permission)
        let query = Form(fields: call.query.fields.filter { list.filters.contains($0.name) })
        return (list, ExportList.Question(principal: principal, query: query, words: Words(call.site.catalogue, call.language)))
    }

    func show(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (list, question) = try list(call)
        let chosen = try await take.columns(of: list, for: question.principal)
        let forms = try await fill.forms(of: list, for: question.principal).map {
            LinkPart(href: Self.formPath(list.name, $0.id, question), name: $0.name)
        }
        return call.page(
            ExportPage(call, list, chosen: chosen.map(\.name), query: question.query.fields, forms: forms, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func choose(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        do {
            try await take.choose(call.form.all("column"), of: list, by: question.principal)
            let format = SpreadsheetFormat(rawValue: call.form["format"] ?? "") ?? .xlsx
            return .seeOther(
                Self.path(list.name + "/file", question.query.fields.map { ($0.name, $0.value) } + [("format", format.rawValue)]))
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
    }

    private func file(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        let format = SpreadsheetFormat(rawValue: call.query["format"] ?? "xlsx") ?? .xlsx
        let file = try await take(list, format, question)
        let name = "\(call.text(list.titleKey))-\(call.now.day()).\(format.rawValue)"
        return .download(file, name: name, type: format.mediaType)
    }
}

/// The columns of a list to choose from.
struct ExportPage: Page {
    static let template = "exports-show"
    let title: String
    let action: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let columns: [ChoicePart]
    let request: String
    let formsAction: String
    let forms: [LinkPart]

    init(
        _ call: Call, _ list: ExportList, chosen: [String], query: [(name: String, value: String)], forms: [LinkPart],
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        title = call.text(list.titleKey)
        action = ExportsRoom.path(list.name, query.map { ($0.name, $0.value) })
        request = call.newRequest
        formsAction = ExportsRoom.path(list.name + "/forms", query.map { ($0.name, $0.value) })
        self.forms = forms
        self.faults = shown.lines
        fault = shown.byField
        // Chosen ones first, in the order they come in the file.
        let order = chosen + list.columns.map(\.name).filter { !chosen.contains($0) }
        columns = order.compactMap { name in list.columns.first { $0.name == name } }.map {
            ChoicePart(value: $0.name, label: call.text($0.key), chosen: chosen.contains($0.name))
        }
    }
}
