package import Directory
import Identity
package import Kernel
import Storage

/// What somebody wrote down about a household.
package struct HouseholdDraft: Sendable, Hashable {
    package var grid: ID<GridNode>
    package var address: Address
    package var place: Coordinate?
    package var head: ID<PersonNode>?

    package init(grid: ID<GridNode>, address: Address, place: Coordinate? = nil, head: ID<PersonNode>? = nil) {
        self.grid = grid
        self.address = address
        self.place = place
        self.head = head
    }

    var fields: [String?] {
        [
            grid.description, address.words, address.lane, address.door, address.estate, address.building, address.unit,
            address.room, head?.description, place.map { "\($0.longitude) \($0.latitude)" },
        ]
    }
}

/// Enters households and changes where they are. A lane and a door number are enough (F27). 登记户
package struct KeepHousehold: Sendable {
    private let desk: RegisterDesk
    package static let addressLimit = 80

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for a grid out of scope or closed, ``Invalid`` also when the address is taken, ``Conflict``.
    @discardableResult
    package func enter(_ draft: HouseholdDraft, by principal: Principal, request: ID<RegisterEvent>) async throws -> ID<Household>
    {
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(tx, desk, by: principal, request, "household.enter", says: draft.fields)
            guard try desk.tree(tx, change.town).isIn(scope, draft.grid) else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            let store = HouseholdRecordStore(tx, town: change.town)
            try Self.check(draft, taken: try store.find(at: draft.address.words, in: draft.grid, on: desk.today)?.id, by: nil)
            let household = HouseholdRecord(
                id: change.newID(), grid: draft.grid, address: draft.address, place: draft.place,
                term: Term(from: desk.today, to: nil))
            try store.insert([household])
            try change.record(household.id, grid: draft.grid)
            return household.id
        }
    }

    /// Changes address, head or grid; everybody who lives there moves along in the index, and where it lay before is kept with the day.
    /// - Parameter version: the version that whoever changes it has seen.
    package func edit(
        _ id: ID<Household>, _ draft: HouseholdDraft, seen version: Int, by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "household.edit", says: [id.description] + draft.fields)
            let store = HouseholdRecordStore(tx, town: change.town)
            guard let before = try store.find(id, in: scope), try desk.tree(tx, change.town).isIn(scope, draft.grid) else {
                throw NotFound()
            }
            if try change.isDone() { return }
            guard before.version == version else { throw Conflict("stale") }
            if before.grid != draft.grid { try move(before, to: draft.grid, tx, change.town) }
            let stays = try store.stays(in: [id])
            try Self.check(draft, taken: try store.find(at: draft.address.words, in: draft.grid, on: desk.today)?.id, by: id)
            guard draft.head.map({ head in stays.contains { $0.residency.person == head } }) ?? true else {
                throw Invalid("/head", "not-a-choice")
            }
            var after = before
            after.grid = draft.grid
            after.address = draft.address
            after.place = draft.place
            after.head = draft.head
            after.version += 1
            guard try store.update(after, from: version) else { throw Conflict("stale") }
            if before.address.words != after.address.words || before.grid != after.grid {
                try PersonIndex(tx, town: change.town, vault: desk.vault).refresh(
                    Set(stays.map(\.residency.person)), on: desk.today)
            }
            let replaced = Self.replaced(before, after)
            try change.record(
                id, grid: after.grid,
                [
                    "fields": replaced.keys.sorted().joined(separator: " "),
                    "fromGrid": before.grid == after.grid ? nil : before.grid.description,
                ],
                replaced: replaced)
        }
    }

    /// Keeps where the household was. What it has of points is its village's, so it stays in the village.
    private func move(_ household: HouseholdRecord, to grid: ID<GridNode>, _ tx: any Transaction, _ town: ID<Town>) throws {
        let tree = try desk.tree(tx, town)
        // A grid that was closed meanwhile is not in the tree of today; its village is.
        let village = try GridStore(tx, town: town).village(of: household.grid)?.id
        guard tree.village(of: grid)?.id == village else { throw Invalid("/grid", "regrid-other-village") }
        try HouseholdMoveStore(tx, town: town).keep(
            HouseholdMove(household.id, from: household.grid, to: grid, on: desk.today), desk.ambient)
    }

    private static func replaced(_ before: HouseholdRecord, _ after: HouseholdRecord) -> [String: String] {
        var replaced: [String: String] = [:]
        if before.address != after.address { replaced["address"] = before.address.words }
        if before.place != after.place { replaced["place"] = before.place.map { "\($0.longitude), \($0.latitude)" } ?? "" }
        if before.grid != after.grid { replaced["grid"] = before.grid.description }
        if before.head != after.head { replaced["head"] = before.head?.description ?? "" }
        return replaced
    }

    private static func check(_ draft: HouseholdDraft, taken: ID<Household>?, by own: ID<Household>?) throws(Invalid) {
        var validation = Validation()
        _ = validation.text(draft.address.words, at: "/address", limit: addressLimit)
        for part in [draft.address.lane, draft.address.estate] {
            _ = validation.text(part, at: "/address", limit: 40, required: false)
        }
        for part in [draft.address.door, draft.address.building, draft.address.unit, draft.address.room] {
            _ = validation.text(part, at: "/address", limit: 20, required: false)
        }
        validation.check(taken == nil || taken == own, at: "/address", "address-taken")
        try validation.finish()
    }
}
