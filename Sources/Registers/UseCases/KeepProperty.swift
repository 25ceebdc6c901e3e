package import Directory
import Identity
package import Kernel
import Storage

/// What somebody wrote down about a property.
package struct PropertyDraft: Sendable, Hashable {
    package var grid: ID<GridNode>
    package var address: Address
    package var kind: Property.Kind
    package var use: Property.Use
    package var roomsLet: Int?
    /// Nil when nobody knows whose it is.
    package var ownerKind: Property.Owner.Kind?
    package var owner: String
    /// Nil leaves the owner's telephone as it is, blank takes it away.
    package var phone: String?

    package init(
        grid: ID<GridNode>, address: Address, kind: Property.Kind, use: Property.Use, roomsLet: Int? = nil,
        ownerKind: Property.Owner.Kind? = nil, owner: String = "", phone: String? = nil
    ) {
        self.grid = grid
        self.address = address
        self.kind = kind
        self.use = use
        self.roomsLet = roomsLet
        self.ownerKind = ownerKind
        self.owner = owner
        self.phone = phone
    }

    var fields: [String?] {
        [
            grid.description, address.words, kind.rawValue, use.rawValue, roomsLet.map { String($0) }, ownerKind?.rawValue, owner,
            phone,
        ]
    }
}

/// Enters properties, changes them, says who lives in them and that they stand no more. 登记房屋
package struct KeepProperty: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    private func book(_ change: RegisterChange) throws -> PropertyBook {
        PropertyBook(
            change.tx, town: change.town, vault: desk.vault, tree: try desk.tree(change.tx, change.town), on: desk.today)
    }

    /// - Throws: ``NotFound`` for a grid out of scope, ``Invalid`` also when the address is taken.
    @discardableResult
    package func enter(_ draft: PropertyDraft, by principal: Principal, request: ID<RegisterEvent>) async throws -> ID<Property> {
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "property.enter", says: draft.fields)
            guard try desk.tree(tx, change.town).isIn(scope, draft.grid) else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            let property = try book(change).enter(draft, as: change.newID())
            try change.record(property.id, grid: property.grid)
            return property.id
        }
    }

    /// - Parameter goneOn: the last day of a property that stands no more.
    package func edit(
        _ id: ID<Property>, _ draft: PropertyDraft, goneOn: Day?, seen version: Int, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "property.edit", says: [id.description, goneOn?.description] + draft.fields)
            let store = PropertyStore(tx, town: change.town, vault: desk.vault)
            guard let before = try store.find(id, in: scope), try desk.tree(tx, change.town).isIn(scope, draft.grid) else {
                throw NotFound()
            }
            if try change.isDone() { return }
            guard before.version == version else { throw Conflict("stale") }
            let book = try book(change)
            let checked = try book.check(draft, of: id)
            try desk.check(last: goneOn, of: before.term, at: "/gone")
            var after = before
            (after.grid, after.address, after.kind, after.use) = (draft.grid, draft.address, draft.kind, draft.use)
            after.roomsLet = draft.roomsLet
            after.owner = try book.owner(draft, checked, before: before.owner)
            after.term = Term(from: before.term.from, to: goneOn)
            after.version += 1
            let former = try store.phone(of: id)
            // Nobody's number is kept without the somebody.
            let keeps = draft.phone == nil && after.owner?.name == before.owner?.name
            guard try store.update(after, phone: keeps ? .none : .some(checked.phone), from: version) else {
                throw Conflict("stale")
            }
            let replaced = Self.replaced(before, after, phone: keeps || former == checked.phone?.digits ? nil : former)
            try change.record(
                id, grid: after.grid,
                ["fields": replaced.keys.sorted().joined(separator: " "), "gone": goneOn?.description], replaced: replaced)
        }
    }

    /// Says who lives there: households of the same village within reach.
    package func settle(
        _ households: [ID<Household>], in id: ID<Property>, seen version: Int, by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "property.settle",
                says: [id.description] + households.map(\.description).sorted())
            let store = PropertyStore(tx, town: change.town, vault: desk.vault)
            guard var property = try store.find(id, in: scope) else { throw NotFound() }
            if try change.isDone() { return }
            guard property.version == version else { throw Conflict("stale") }
            let records = HouseholdRecordStore(tx, town: change.town)
            let tree = try desk.tree(tx, change.town)
            let known = try Set(households).sorted().filter { household in
                guard let found = try records.find(household, in: scope) else { return false }
                return tree.village(of: found.grid)?.id == tree.village(of: property.grid)?.id
            }
            guard known.count == Set(households).count else { throw Invalid("/households", "not-a-choice") }
            try store.set(known, in: id)
            property.version += 1
            guard try store.update(property, phone: .none, from: version) else { throw Conflict("stale") }
            try change.record(id, grid: property.grid, ["households": String(known.count)])
        }
    }

    private static func replaced(_ before: Property, _ after: Property, phone: String?) -> [String: String] {
        var replaced: [String: String] = [:]
        if before.address != after.address { replaced["address"] = before.address.words }
        if before.grid != after.grid { replaced["grid"] = before.grid.description }
        if before.kind != after.kind { replaced["kind"] = before.kind.rawValue }
        if before.use != after.use { replaced["use"] = before.use.rawValue }
        if before.roomsLet != after.roomsLet { replaced["rooms"] = before.roomsLet.map { String($0) } ?? "" }
        if before.owner != after.owner { replaced["owner"] = before.owner?.name ?? "" }
        if let phone { replaced["phone"] = phone }
        return replaced
    }
}
