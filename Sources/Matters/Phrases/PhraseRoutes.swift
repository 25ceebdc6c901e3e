import Directory
import Kernel
import Storage
import Web

/// The office's pages of phrases: the list by step, and one phrase's form.
struct PhraseRoutes: Sendable {
    static let path = "/office/phrases"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.editCategory), handle: list),
            Route(.get, "\(Self.path)/edit", .holder(.editCategory)) { try await form($0, []) },
            Route(.post, "\(Self.path)/edit", .holder(.editCategory), bodyLimit: 16_384, handle: edit),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editCategory)
        let (wording, town) = (try await desk.wording(call), call.town)
        let phrases = try await desk.database.read { try PhraseStore($0, town: town).phrases() }
        return call.page(PhrasesPage(phrases, scope, wording))
    }

    private func form(_ call: Call, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editCategory)
        let (wording, town) = (try await desk.wording(call), call.town)
        let code = call.form["code"] ?? call.query["code"] ?? ""
        let (known, editions) = try await desk.database.read { tx in
            let store = PhraseStore(tx, town: town)
            return (try store.phrases().first { $0.code == code }, try store.editions(of: code))
        }
        if !code.isEmpty, known == nil { throw NotFound() }
        let isTheirs = scope == .town || known?.village.map { wording.tree.isIn(scope, $0) } ?? (known == nil)
        guard isTheirs else { throw NotFound() }
        let page = PhrasePage(known, editions, scope, wording, faults: faults, isStale: isStale)
        return call.page(page, status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    private func edit(_ call: Call) async throws -> Answer {
        let form = call.form
        var draft = EditPhrase.Draft()
        draft.code = call.filled("code")
        draft.edition = Int(form["edition"] ?? "") ?? 0
        draft.village = ID(call.filled("village") ?? "")
        draft.step = Phrase.Step(rawValue: form["step"] ?? "")
        (draft.title, draft.words, draft.isOff) = (form["title"] ?? "", form["words"] ?? "", form["off"] != nil)
        do {
            try await EditPhrase(desk)(draft, by: try call.signedIn(), request: call.clientID(), address: call.address)
            return call.done(Self.path, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await self.form(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await self.form(call, [], isStale: true)
        }
    }
}
