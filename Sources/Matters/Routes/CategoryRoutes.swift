import Directory
import Kernel
import Storage
import Web

/// The office's pages of categories: the list, one category's form, and what a village does not need.
struct CategoryRoutes: Sendable {
    static let path = "/office/categories"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.editCategory), handle: list),
            Route(.post, Self.path, .holder(.editCategory), bodyLimit: 64 << 10, handle: switchOff),
            Route(.get, "\(Self.path)/edit", .holder(.editCategory)) { try await form($0, []) },
            Route(.post, "\(Self.path)/edit", .holder(.editCategory), bodyLimit: 64 << 10, handle: edit),
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editCategory)
        let wording = try await desk.wording(call)
        let village = try Self.village(call.query["village"], scope, wording.tree)
        return call.page(CategoriesPage(wording, scope: scope, village: village))
    }

    /// The village that was asked about; the only one of whoever has one; nil for the town.
    private static func village(_ text: String?, _ scope: Scope, _ tree: GridTree) throws -> ID<GridNode>? {
        if let text, !text.isEmpty {
            guard let id = ID<GridNode>(text), tree.isIn(scope, id), tree.grid(id)?.level == .one else { throw NotFound() }
            return id
        }
        return scope == .town ? nil : tree.all(in: scope).first { $0.level == .one }?.id
    }

    private func switchOff(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        guard let village = ID<GridNode>(call.form["village"] ?? "") else { throw Invalid("/village", "required") }
        let taxonomy = try await desk.database.read { try desk.taxonomy($0, call.town) }
        let on = Set(call.form.all("on"))
        let shown = Set(taxonomy.categories.filter { !$0.isRetired && ($0.village == nil || $0.village == village) }.map(\.code))
        try await SwitchCategories(desk)(off: shown.subtracting(on), in: village, by: principal, address: call.address)
        return call.done("\(Self.path)?village=\(village)", flash: "directory.done.saved")
    }

    private func form(_ call: Call, _ faults: [Fault], isStale: Bool = false) async throws -> Answer {
        let scope = try call.signedIn().scope(for: .editCategory)
        let wording = try await desk.wording(call)
        let code = call.form["code"] ?? call.query["code"] ?? ""
        let known = wording.taxonomy[code]
        if !code.isEmpty, known == nil { throw NotFound() }
        let village =
            try known == nil ? Self.village(call.form["village"] ?? call.query["village"], scope, wording.tree) : known?.village
        guard scope == .town || village.map({ wording.tree.isIn(scope, $0) }) ?? false else { throw NotFound() }
        let town = call.town
        let editions = try await desk.database.read { try TaxonomyStore($0).editions(of: code, in: town).map { EditionLine($0) } }
        let page = CategoryPage(wording, known: known, village: village, editions: editions, faults: faults, isStale: isStale)
        return call.page(page, status: isStale ? 409 : faults.isEmpty ? 200 : 422)
    }

    private func edit(_ call: Call) async throws -> Answer {
        do {
            let draft = Self.draft(call.form)
            try await EditCategory(desk)(draft, by: try call.signedIn(), request: call.clientID(), address: call.address)
            let village = draft.village.map { "?village=\($0)" } ?? ""
            return call.done(Self.path + village, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await form(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await form(call, [], isStale: true)
        }
    }

    private static func draft(_ form: Form) -> CategoryDraft {
        func text(_ name: String) -> String { (form[name] ?? "").trimmed }
        var draft = CategoryDraft()
        draft.code = text("code").isEmpty ? nil : text("code")
        draft.edition = Int(text("edition")) ?? -1
        (draft.group, draft.nameZh, draft.nameEn) = (text("group"), text("nameZh"), text("nameEn"))
        (draft.tier, draft.isRestricted, draft.isRetired) = (
            Tier(rawValue: text("tier")), form["restricted"] != nil, form["retired"] != nil
        )
        (draft.emergencyZh, draft.emergencyEn) = (text("emergencyZh"), text("emergencyEn"))
        (draft.respondWithin, draft.finishWithin) = (text("respondWithin"), text("finishWithin"))
        (draft.leadUnit, draft.closingZh, draft.closingEn) = (text("leadUnit"), text("closingZh"), text("closingEn"))
        draft.needsPhoto = form["needsPhoto"] != nil
        draft.nearMetres = text("nearMetres")
        draft.village = ID<GridNode>(text("village"))
        draft.questions = (0..<CategoryQuestion.limit).compactMap { index in
            let (zh, en) = (text("question-\(index)"), text("question-\(index)-en"))
            guard !zh.isEmpty || !en.isEmpty else { return nil }
            let options = text("question-\(index)-options").split(whereSeparator: { "、,，;；".contains($0) }).map {
                String($0).trimmed
            }
            return CategoryQuestion(
                id: "q\(index + 1)", zh: zh, en: en, isRequired: form["question-\(index)-required"] != nil, options: options)
        }
        return draft
    }
}

/// When an edition came into force, and by whom.
struct EditionLine: Sendable {
    let edition: Int
    let at: Instant
    let name: String
    let post: String

    init(_ stored: (edition: Int, at: Instant, name: String, post: String)) {
        (edition, at, name, post) = (stored.edition, stored.at, stored.name, stored.post)
    }
}
