package import Kernel
package import Storage

/// What is asked of ``WriteDocument``.
package struct DocumentDraft: Sendable {
    /// Nil for the whole town. Counts for the first edition only.
    package let grid: ID<GridNode>?
    package let kind: MechanismDocument.Kind
    package let titleZh: String
    package let titleEn: String?
    package let bodyZh: String
    package let bodyEn: String?
    package let from: Day

    package init(
        grid: ID<GridNode>?, kind: MechanismDocument.Kind, titleZh: String, titleEn: String?, bodyZh: String, bodyEn: String?,
        from: Day
    ) {
        self.grid = grid
        self.kind = kind
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.bodyZh = bodyZh
        self.bodyEn = bodyEn
        self.from = from
    }
}

/// Writes a mechanism document, or a new edition of one: the edition before it ends the day before. 制定机制文件
package struct WriteDocument: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Parameter document: nil for a new one, which gets the request's id.
    /// - Throws: ``NotFound`` for a grid or document out of scope, ``Forbidden`` for the town's without the whole town, ``Invalid``, ``Conflict``.
    @discardableResult
    package func callAsFunction(
        _ draft: DocumentDraft, as document: ID<MechanismDocument>? = nil, by principal: Principal, request: ID<DirectoryEvent>,
        seen: Sighting? = nil
    ) async throws -> ID<MechanismDocument> {
        let scope = try principal.scope(for: .directoryEdit)
        return try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = DocumentStore(tx, town: change.town)
            let id = document ?? change.newID()
            if let document, try !store.isKept(document, in: scope) { throw NotFound() }
            let earlier = try store.editions(of: id)
            let grid = earlier.first.map(\.grid) ?? draft.grid
            if grid == nil, scope != .town { throw Forbidden() }
            if let grid, try GridStore(tx, town: change.town).find(grid, in: scope) == nil { throw NotFound() }
            let detail = Dictionary(known: [
                "kind": draft.kind.rawValue, "titleZh": draft.titleZh, "titleEn": draft.titleEn, "bodyZh": draft.bodyZh,
                "bodyEn": draft.bodyEn, "from": draft.from.description,
            ])
            if try change.isDone("document.write", id, detail) { return id }
            try change.check(seen, "document.write", id)
            let edition = MechanismDocument(
                id: id, edition: (earlier.last?.edition ?? 0) + 1, grid: grid, kind: draft.kind, titleZh: draft.titleZh.trimmed,
                titleEn: draft.titleEn, bodyZh: draft.bodyZh.trimmed, bodyEn: draft.bodyEn, from: draft.from)
            let faults = DocumentRules.faults(in: edition, after: earlier)
            guard faults.isEmpty else { throw Invalid(faults) }
            if let last = earlier.last, last.to.map({ $0 >= draft.from }) ?? true {
                try store.end(last, on: draft.from.adding(days: -1))
            }
            try store.insert(edition)
            try change.record("document.write", id, grid: grid, detail)
            return id
        }
    }
}
