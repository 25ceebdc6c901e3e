import Identity
package import Kernel
import Storage
import Web

/// Keeps a way of looking at the list under a name, takes it away again, and says which one to begin with 保存筛选.
package struct KeepFilter: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - query: as the list's address has it; what is none of its names is dropped.
    ///   - isShared: for everybody of the post's unit.
    /// - Throws: ``Invalid``, ``Forbidden`` without `matter.read`, ``Conflict`` `request-reused`.
    package func callAsFunction(
        _ id: ID<SavedFilter>, name: String, query: String, isShared: Bool, by principal: Principal, address: String? = nil
    ) async throws {
        _ = try principal.scope(for: .readMatter)
        var validation = Validation()
        let name = validation.text(name, at: "/name", limit: SavedFilter.nameLimit)
        try validation.finish()
        guard let form = try? Form(urlEncoded: query), let asked = try? InboxQuery(form) else {
            throw Invalid("/name", "not-a-choice")
        }
        guard let owner = isShared ? principal.unit : UnitOwner(principal.account.uuid) else { throw Forbidden() }
        let filter = SavedFilter(id: id, owner: owner, isShared: isShared, name: name, query: asked.query)
        let desk = desk
        try await desk.database.write { tx in
            let store = SavedFilterStore(tx, town: principal.town)
            let known = try store.filters(for: principal)
            if let kept = known.first(where: { $0.id == id }) {
                guard kept == filter else { throw Conflict("request-reused") }
                return
            }
            let isNew = !known.contains { $0.owner == owner && $0.name == name }
            if isNew, try store.count(of: owner) >= SavedFilter.most {
                throw Invalid("/name", "too-many-filters", ["limit": String(SavedFilter.most)])
            }
            try store.put(filter, by: principal.account, at: desk.ambient.now())
            try AuditTrail(tx).record(
                "matter.filter", by: principal, town: principal.town, subject: id.description,
                detail: ["name": name, "shared": String(isShared)], address: address, ambient: desk.ambient)
        }
    }

    /// One's own, or one that one's unit shares.
    /// - Throws: ``NotFound`` for anybody else's.
    package func remove(_ id: ID<SavedFilter>, by principal: Principal, address: String? = nil) async throws {
        let desk = desk
        try await desk.database.write { tx in
            let store = SavedFilterStore(tx, town: principal.town)
            guard let filter = try store.filters(for: principal).first(where: { $0.id == id }) else { throw NotFound() }
            try store.remove(id)
            try AuditTrail(tx).record(
                "matter.filter-removed", by: principal, town: principal.town, subject: id.description,
                detail: ["name": filter.name, "shared": String(filter.isShared)], address: address, ambient: desk.ambient)
        }
    }

    /// Begins the list with a filter; nil begins it as it always was.
    /// - Throws: ``NotFound`` for anybody else's.
    package func begin(with id: ID<SavedFilter>?, by principal: Principal) async throws {
        try await desk.database.write { tx in
            let store = SavedFilterStore(tx, town: principal.town)
            if let id, !(try store.filters(for: principal).contains { $0.id == id }) { throw NotFound() }
            try store.setStart(id, of: principal.account)
        }
    }
}
