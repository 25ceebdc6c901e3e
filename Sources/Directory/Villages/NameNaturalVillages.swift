package import Kernel
package import Storage

/// Sets the natural villages of a village: renames, adds and takes away (F29).
package struct NameNaturalVillages: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Parameter villages: all that there are to be; one that is not among them is taken away.
    /// - Throws: ``NotFound`` for a grid out of scope or not of level 1, ``Invalid`` (`natural-in-use` when households live in one that
    ///   would be taken away), ``Conflict``.
    package func callAsFunction(
        _ villages: [NaturalVillage], in village: ID<GridNode>, by principal: Principal, request: ID<DirectoryEvent>,
        seen: Sighting? = nil
    ) async throws {
        let scope = try principal.scope(for: .directoryEdit)
        do {
            try await database.write { tx in
                let change = try DirectoryChange(tx, by: principal, request, ambient)
                guard try GridStore(tx, town: change.town).find(village, in: scope)?.level == .one else { throw NotFound() }
                let detail = ["names": villages.map { "\($0.nameZh)|\($0.nameEn ?? "")" }.joined(separator: "、")]
                if try change.isDone("natural.edit", village, detail) { return }
                try change.check(seen, "natural.edit", village)
                let faults = FactRules.faults(in: villages)
                guard faults.isEmpty else { throw Invalid(faults) }
                let store = VillageStore(tx, town: change.town)
                let before = try store.naturalVillages(of: village)
                guard villages.allSatisfy({ $0.village == village }) else { throw NotFound() }
                let kept = Set(villages.map(\.id))
                for gone in before where !kept.contains(gone.id) { try store.remove(gone) }
                // Names may change places, so those that change stand aside first.
                let known = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
                let renamed = villages.filter { natural in known[natural.id].map { $0 != natural } ?? false }
                for natural in renamed { try store.rename(natural, to: natural.id.description) }
                for natural in renamed { try store.rename(natural, to: natural.nameZh) }
                for natural in villages where known[natural.id] == nil { try store.insert(natural) }
                try change.record("natural.edit", village, grid: village, detail)
            }
        } catch StorageError.foreignKeyViolation {
            throw Invalid("", "natural-in-use")
        }
    }
}
