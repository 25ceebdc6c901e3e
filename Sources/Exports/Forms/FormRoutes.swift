import Identity
import Kernel
import Spreadsheets
import Web

/// The pages on which another office's form is brought, matched and filled.
extension ExportsRoom {
    var formRoutes: [Route] {
        [
            Route(
                .post, "/office/exports/{list}/forms", .signedIn, bodyLimit: FillForm.fileLimit + 65_536, handle: bring),
            Route(.get, "/office/exports/{list}/forms/{form}", .signedIn) { try await showForm($0, []) },
            Route(.post, "/office/exports/{list}/forms/{form}", .signedIn, bodyLimit: 65_536, handle: chooseSources),
            Route(.get, "/office/exports/{list}/forms/{form}/file", .signedIn, handle: filled),
            Route(.post, "/office/exports/{list}/forms/{form}/forgetting", .signedIn, bodyLimit: 16_384, handle: forget),
        ]
    }

    static func formPath(_ list: String, _ form: ID<OfficeForm>, _ question: ExportList.Question, _ act: String = "") -> String {
        path("\(list)/forms/\(form)\(act)", question.query.fields.map { ($0.name, $0.value) })
    }

    private func bring(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        do {
            guard let file = call.form.files("file").first else { throw Invalid("/file", "file-required") }
            let form = try await fill.bring(
                file.bytes, named: file.name, for: list, question.words, by: question.principal, request: call.clientID())
            return .seeOther(Self.formPath(list.name, form, question))
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
    }

    private func showForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (list, question) = try list(call)
        let form = try await fill.form(try call.id("form"), of: list, for: question.principal)
        let samples = try await fill.samples(form, from: list, question)
        return call.page(
            FormPage(call, list, question, form, samples: samples, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func chooseSources(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        let id = try call.id("form", of: OfficeForm.self)
        do {
            let form = try await fill.form(id, of: list, for: question.principal)
            let sources = form.shape.header.names.indices.map { OfficeForm.Source(call.form["source-\($0)"] ?? "") }
            try await fill.choose(sources, of: id, list, by: question.principal)
            return .seeOther(Self.formPath(list.name, id, question, "/file"))
        } catch let invalid as Invalid {
            return try await showForm(call, invalid.faults)
        }
    }

    private func filled(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        do {
            let (file, form) = try await fill(try call.id("form"), from: list, question)
            let name = form.name.split(separator: ".").dropLast().joined(separator: ".")
            return .download(
                file, name: "\(name.isEmpty ? form.name : name)-\(call.now.day()).xlsx", type: SpreadsheetFormat.xlsx.mediaType)
        } catch let invalid as Invalid {
            return try await showForm(call, invalid.faults)
        }
    }

    private func forget(_ call: Call) async throws -> Answer {
        let (list, question) = try list(call)
        try await fill.forget(try call.id("form"), of: list, by: question.principal)
        return call.done(
            Self.path(list.name, question.query.fields.map { ($0.name, $0.value) }), flash: "exports.form.forgotten")
    }
}

/// What fills the columns of a form.
struct FormPage: Page {
    static let template = "exports-form"

    struct Column: Sendable {
        let number: Int
        let name: String
        let sample: String
        let options: [ChoicePart]
    }

    let list: String
    let name: String
    let back: String
    let action: String
    let forgetting: String
    let filtered: Bool
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let columns: [Column]

    init(
        _ call: Call, _ list: ExportList, _ question: ExportList.Question, _ form: OfficeForm, samples: [[Cell]], faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call)
        self.list = call.text(list.titleKey)
        name = form.name
        back = ExportsRoom.path(list.name, question.query.fields.map { ($0.name, $0.value) })
        action = ExportsRoom.formPath(list.name, form.id, question)
        forgetting = ExportsRoom.formPath(list.name, form.id, question, "/forgetting")
        filtered = !question.query.fields.isEmpty
        self.faults = shown.lines
        fault = shown.byField
        let choices =
            [(FormColumn.number, call.text("exports.form.number"))] + list.columns.map { ($0.name, call.text($0.key)) }
        columns = form.shape.header.names.enumerated().compactMap { number, name in
            guard !name.isEmpty else { return nil }
            let source = call.form["source-\(number)"].map { OfficeForm.Source($0) } ?? form.sources[number]
            return Column(
                number: number, name: name,
                sample: samples.map { $0[number].shown }.filter { !$0.isEmpty }.joined(separator: " / "),
                options: choices.map { ChoicePart(value: $0.0, label: $0.1, chosen: $0.0 == source.text) })
        }
    }
}
