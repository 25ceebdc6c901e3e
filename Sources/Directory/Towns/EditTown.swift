package import Kernel
package import Storage

/// Changes what a town says of itself: names, host unit, filing number, duty telephone.
package struct EditTown: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// What of a town may be changed while it is served.
    package struct Words: Sendable {
        package let nameZh: String
        package let nameEn: String
        package let hostUnit: String
        package let filing: String
        package let dutyPhone: String?

        package init(nameZh: String, nameEn: String, hostUnit: String, filing: String, dutyPhone: String?) {
            self.nameZh = nameZh
            self.nameEn = nameEn
            self.hostUnit = hostUnit
            self.filing = filing
            self.dutyPhone = dutyPhone
        }
    }

    /// - Throws: ``Forbidden`` without the whole town, ``Invalid``, ``Conflict``.
    package func callAsFunction(_ words: Words, by principal: Principal, request: ID<DirectoryEvent>, seen: Sighting? = nil)
        async throws
    {
        guard try principal.scope(for: .townEdit) == .town else { throw Forbidden() }
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            let store = TownStore(tx)
            guard var town = try store.find(change.town) else { throw NotFound() }
            let detail = Dictionary(known: [
                "nameZh": words.nameZh, "nameEn": words.nameEn, "hostUnit": words.hostUnit, "filing": words.filing,
                "dutyPhone": words.dutyPhone,
            ])
            if try change.isDone("town.edit", town.id, detail) { return }
            try change.check(seen, "town.edit", town.id)
            town.nameZh = words.nameZh.trimmed
            town.nameEn = words.nameEn.trimmed
            town.hostUnit = words.hostUnit.trimmed
            town.filing = words.filing.trimmed
            town.dutyPhone = words.dutyPhone
            let faults = TownRules.faults(describing: town)
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.update(town)
            try change.record("town.edit", town.id, grid: nil, detail)
        }
    }
}
