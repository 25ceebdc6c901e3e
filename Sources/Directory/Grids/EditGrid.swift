package import Kernel
package import Storage

/// What of a grid may be changed while it stands.
package struct GridEdit: Sendable {
    package let kind: GridKind
    package let nameZh: String
    package let nameEn: String?
    package let responsibleUnit: String?
    package let boundaryWords: String?
    package let dutyPhone: String?
    package let supervisionPhone: String?

    package init(
        kind: GridKind, nameZh: String, nameEn: String? = nil, responsibleUnit: String? = nil, boundaryWords: String? = nil,
        dutyPhone: String? = nil, supervisionPhone: String? = nil
    ) {
        self.kind = kind
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.responsibleUnit = responsibleUnit
        self.boundaryWords = boundaryWords
        self.dutyPhone = dutyPhone
        self.supervisionPhone = supervisionPhone
    }
}

/// Renames a grid, sets its kind, range, responsible unit and telephones.
package struct EditGrid: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``NotFound`` out of scope, ``Conflict`` when it is closed or the request's id came with other contents, ``Invalid``.
    package func callAsFunction(
        _ id: ID<GridNode>, _ edit: GridEdit, by principal: Principal, request: ID<DirectoryEvent>, seen: Sighting? = nil
    )
        async throws
    {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = GridStore(tx, town: change.town)
            guard var grid = try store.find(id, in: scope) else { throw NotFound() }
            let detail = Dictionary(known: [
                "kind": edit.kind.rawValue, "nameZh": edit.nameZh, "nameEn": edit.nameEn, "responsibleUnit": edit.responsibleUnit,
                "boundaryWords": edit.boundaryWords, "dutyPhone": edit.dutyPhone, "supervisionPhone": edit.supervisionPhone,
            ])
            if try change.isDone("grid.edit", id, detail) { return }
            try change.check(seen, "grid.edit", id)
            guard grid.validTo == nil else { throw Conflict("grid-closed") }
            let codeFits = GridRules.serials(for: grid.level, grid.kind) == GridRules.serials(for: grid.level, edit.kind)
            guard codeFits else { throw Invalid("/kind", "kind-needs-another-code") }
            grid.kind = edit.kind
            grid.nameZh = edit.nameZh.trimmed
            grid.nameEn = edit.nameEn
            grid.responsibleUnit = edit.responsibleUnit
            grid.boundaryWords = edit.boundaryWords
            grid.dutyPhone = edit.dutyPhone
            grid.supervisionPhone = edit.supervisionPhone
            let faults = GridRules.faults(describing: grid, beside: try store.everBelow(grid.parent))
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.update(grid)
            try change.record("grid.edit", id, grid: id, detail)
        }
    }
}
