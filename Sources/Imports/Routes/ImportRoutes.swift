import Directory
import Foundation
import Identity
import Kernel
import Spreadsheets
import Storage
import Web

/// The office's pages of imports.
struct ImportRoutes: Sendable {
    let desk: ImportDesk

    /// The largest file that a page takes; larger ones go through `jinlin import`.
    static let fileLimit = 64 << 20

    var routes: [Route] {
        [
            Route(.get, "/office/imports", .holder(.importData)) { try await list($0, []) },
            Route(.post, "/office/imports", .holder(.importData), bodyLimit: Self.fileLimit + 65_536, handle: bring),
            Route(.get, "/office/imports/{import}", .holder(.importData)) { try await show($0, []) },
            Route(.post, "/office/imports/{import}/mapping", .holder(.importData), bodyLimit: 262_144, handle: match),
            Route(.post, "/office/imports/{import}/decision", .holder(.importData), bodyLimit: 16_384, handle: decide),
            Route(.post, "/office/imports/{import}/undoing", .holder(.importData), bodyLimit: 16_384) { call in
                try await act(call, flash: "imports.done.undoing") { try await DecideImport(desk).undo($0, by: $1) }
            },
            Route(.post, "/office/imports/{import}/discarding", .holder(.importData), bodyLimit: 16_384) { call in
                try await DecideImport(desk).discard(try call.id("import"), by: try call.signedIn())
                return call.done(ImportPath.list, flash: "imports.done.discarded")
            },
            Route(.get, "/office/imports/{import}/corrected", .holder(.importData), handle: corrected),
            Route(.get, "/office/import-templates/{kind}", .holder(.importData), handle: blank),
        ]
    }

    private func list(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let principal = try call.signedIn()
        let (imports, hasMore, tree) = try await ReadImports(desk: desk).list(
            before: call.query["before"].flatMap { ID($0) }, by: principal)
        let older = hasMore ? imports.last.map { "\(ImportPath.list)?before=\($0.id)" } : nil
        return call.page(
            ImportsPage(
                call, kinds: desk.kinds(for: principal), tree: tree, scope: try principal.scope(for: .importData),
                imports: imports, older: older,
                faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func bring(_ call: Call) async throws -> Answer {
        do {
            var validation = Validation()
            let kinds = desk.kinds(for: try call.signedIn()).map(\.name)
            let (kind, file) = (call.form["kind"] ?? "", call.form.files("file").first)
            validation.check(kinds.contains(kind), at: "/kind", "not-a-choice")
            validation.check(file != nil, at: "/file", "file-required")
            let text = call.form["place"] ?? ""
            let place = text == "town" ? nil : ID<GridNode>(text)
            validation.check(text == "town" || place != nil, at: "/place", "required")
            try validation.finish()
            guard let file else { throw Invalid("/file", "file-required") }
            let order = BringFile.Order(id: call.clientID(), kind: kind, place: place, fileName: file.name) { place in
                Array(file.bytes[min(place, file.bytes.count)..<min(place + BringFile.piece, file.bytes.count)])
            }
            let item = try await BringFile(desk)(order, by: try call.signedIn())
            return call.done(ImportPath.show(item.id), flash: "imports.done.brought")
        } catch let invalid as Invalid {
            return try await list(call, invalid.faults)
        }
    }

    private func show(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (view, tree) = try await ReadImports(desk: desk).view(try call.id("import"), by: try call.signedIn())
        return call.page(ImportPage(view, call, tree: tree, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func match(_ call: Call) async throws -> Answer {
        try await act(call, flash: nil) { id, principal in
            let sheets = call.form.all("sheet").compactMap { Int($0) }
            var fields: [String: String] = [:]
            for (name, value) in call.form.fields where name.hasPrefix("name-") {
                let field = call.form["column-" + name.dropFirst(5)] ?? ""
                if !field.isEmpty { fields[value] = field }
            }
            try await MatchColumns(desk)(id, ColumnMapping(sheets: sheets, fields: fields), by: principal)
        }
    }

    private func decide(_ call: Call) async throws -> Answer {
        try await act(call, flash: nil) { id, principal in
            guard let policy = Import.Policy(rawValue: call.form["policy"] ?? "") else {
                throw Invalid("/policy", "not-a-choice")
            }
            try await DecideImport(desk).run(id, policy, by: principal)
        }
    }

    /// Does something with an import and shows it again, with what speaks against it if something does.
    private func act(_ call: Call, flash: String?, _ body: (ID<Import>, Principal) async throws -> Void) async throws -> Answer {
        do {
            let id: ID<Import> = try call.id("import")
            try await body(id, try call.signedIn())
            return call.done(ImportPath.show(id), flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
    }

    // MARK: Files

    private func corrected(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let (view, _) = try await ReadImports(desk: desk).view(
            try call.id("import"), faults: WorkOnImport.faultLimit, by: principal)
        guard !view.faults.isEmpty || !view.notes.isEmpty else { throw NotFound() }
        let intake = try await desk.intake(of: view.item, town: principal.town)
        // The file is given out as it came, numbers and all.
        try await desk.database.write { [desk] tx in
            try AuditTrail(tx).record(
                "import.take", by: principal, town: principal.town, subject: view.item.id.description,
                detail: ["kind": view.item.kind], address: call.address, ambient: desk.ambient)
        }
        var reasons: [Int: [String]] = [:]
        for fault in view.faults {
            let letters = fault.column.map { CellAddress.letters(of: $0) + ": " } ?? ""
            reasons[fault.ordinal, default: []].append(letters + call.reason(fault))
        }
        if call.query["rows"] != "faulty" {
            for note in view.notes { reasons[note.ordinal, default: []].append(call.text("imports.fate.\(note.fate.rawValue)")) }
        }
        let draft = FileManager.default.temporaryDirectory.appending(path: "jinlin-\(desk.ambient.newUUID())").path
        // Made first, so that nobody else may read it while it is written.
        guard FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw Problem(status: 503, code: "unavailable", headers: [("Retry-After", "10")])
        }
        defer { try? FileManager.default.removeItem(atPath: draft) }
        try await intake.annotate(
            view.survey, view.mapping, reasons: reasons.mapValues { $0.joined(separator: "；") },
            onlyFaulty: call.query["rows"] == "faulty",
            title: call.kind(view.item.kind), reasonName: call.text("imports.reason"), to: draft)
        let file = try await SpooledFile.filled { try FileManager.default.moveItem(atPath: draft, replacing: $0) }
        let name = (view.item.fileName as NSString).deletingPathExtension
        return .download(
            file, name: "\(name)-\(call.text("imports.corrected-name")).xlsx", type: SpreadsheetFormat.xlsx.mediaType)
    }

    /// An empty sheet with the right column names.
    private func blank(_ call: Call) async throws -> Answer {
        let kind = try desk.kind(call.parameters["kind"] ?? "")
        guard try call.signedIn().may(kind.permission) else { throw Forbidden() }
        let (title, header) = (call.kind(kind.name), kind.fields.map { call.field($0.name, of: kind.name) })
        let file = try await SpooledFile.filled { path in
            try SpreadsheetFormat.xlsx.writer(path: path, title: title, header: header).finish()
        }
        return .download(file, name: "\(title).xlsx", type: SpreadsheetFormat.xlsx.mediaType)
    }
}

extension FileManager {
    /// Moves a file over another.
    func moveItem(atPath source: String, replacing target: String) throws {
        guard rename(source, target) == 0 else { throw SpreadsheetFault(.unavailable) }
    }
}
