import Kernel
import Storage
import Web

/// Mechanism documents: read by everybody, written by the town and by villages for their own grids (F09, F12).
extension DirectoryRoom {
    /// Room for two languages of a document as long as may be.
    private static let documentLimit = 512 << 10

    var documentRoutes: [Route] {
        [
            Route(.get, "/documents/{document}", .anyone, handle: showDocument),
            Route(.get, DirectoryPath.documents, .holder(.directoryEdit), handle: listDocuments),
            Route(.get, DirectoryPath.newDocument, .holder(.directoryEdit)) { try await newDocument($0, []) },
            Route(
                .post, DirectoryPath.newDocument, .holder(.directoryEdit), bodyLimit: Self.documentLimit, handle: writeDocument),
            Route(.get, "/office/documents/{document}/editions", .holder(.directoryEdit)) { try await newEdition($0, []) },
            Route(
                .post, "/office/documents/{document}/editions", .holder(.directoryEdit), bodyLimit: Self.documentLimit,
                handle: writeEdition),
            Route(.post, "/office/documents/{document}/ending", .holder(.directoryEdit), bodyLimit: 16_384, handle: withdraw),
        ]
    }

    private func showDocument(_ call: Call) async throws -> Answer {
        let (id, town, day) = (try call.id("document", of: MechanismDocument.self), call.town, today)
        let editions = try await database.read { try DocumentStore($0, town: town).editions(of: id) }
        let asked = call.query["edition"].flatMap(Int.init)
        let found = asked.map { number in editions.first { $0.edition == number } }
        guard let shown = found ?? DocumentRules.inForce(editions, on: day) ?? editions.last else { throw NotFound() }
        return call.page(DocumentPage(call, shown, of: editions, tree: try await tree(call)))
    }

    private func listDocuments(_ call: Call) async throws -> Answer {
        let (town, scope) = (call.town, try call.signedIn().scope(for: .directoryEdit))
        let kept = try await database.read { try DocumentStore($0, town: town).kept(in: scope) }
        return call.page(DocumentsPage(call, kept, tree: try await tree(call), scope: scope))
    }

    private func newDocument(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (scope, tree) = (try call.signedIn().scope(for: .directoryEdit), try await tree(call))
        let chosen = call.form["grid"] ?? call.query["grid"] ?? ""
        let own =
            scope == .town ? [ChoicePart(value: "", label: call.visit.town.name(in: call.language), chosen: chosen.isEmpty)] : []
        let grids = tree.all(in: scope).map {
            ChoicePart(
                value: $0.id.description, label: tree.fullName(of: $0.id, in: call.language), chosen: $0.id.description == chosen)
        }
        return call.page(
            DocumentForm(call, after: nil, seen: .nothing, places: own + grids, today: today, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func newEdition(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (id, town) = (try call.id("document", of: MechanismDocument.self), call.town)
        let scope = try call.signedIn().scope(for: .directoryEdit)
        let (last, seen) = try await database.read { tx in
            let store = DocumentStore(tx, town: town)
            let last = try store.isKept(id, in: scope) ? try store.editions(of: id).last : nil
            return (last, try DirectoryEventStore(tx, town: town).sighting(of: "document.write", on: id))
        }
        guard let last else { throw NotFound() }
        return call.page(
            DocumentForm(call, after: last, seen: seen, places: [], today: today, faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func draft(_ call: Call) throws -> DocumentDraft {
        var validation = Validation()
        let from = call.day("from", &validation, required: true)
        let grid = call.filled("grid").map { ID<GridNode>($0) }
        if case .some(nil) = grid { validation.check(false, at: "/grid", "not-a-choice") }
        try validation.finish()
        guard let from else { throw Invalid("/from", "required") }
        return DocumentDraft(
            grid: grid ?? nil, kind: try call.choice("kind"), titleZh: call.filled("titleZh") ?? "",
            titleEn: call.filled("titleEn"),
            bodyZh: call.filled("bodyZh") ?? "", bodyEn: call.filled("bodyEn"), from: from)
    }

    private func writeDocument(_ call: Call) async throws -> Answer {
        do {
            let id = try await WriteDocument(database: database, ambient: ambient)(
                try draft(call), by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.document(id), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await newDocument(call, invalid.faults)
        }
    }

    private func writeEdition(_ call: Call) async throws -> Answer {
        let id = try call.id("document", of: MechanismDocument.self)
        do {
            try await WriteDocument(database: database, ambient: ambient)(
                try draft(call), as: id, by: try call.signedIn(), request: call.clientID(), seen: call.seen)
            return call.done(DirectoryPath.document(id), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await newEdition(call, invalid.faults)
        }
    }

    private func withdraw(_ call: Call) async throws -> Answer {
        let id = try call.id("document", of: MechanismDocument.self)
        do {
            let day = try call.day("day")
            try await WithdrawDocument(database: database, ambient: ambient)(
                id, on: day, by: try call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.documents, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await newEdition(call, invalid.faults)
        }
    }
}
