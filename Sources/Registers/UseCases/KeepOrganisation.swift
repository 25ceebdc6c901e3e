import Directory
import Identity
package import Kernel
import Storage

/// Opens organisations and says who belongs to them (F37). 组织和成员
package struct KeepOrganisation: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for a grid out of scope, ``Invalid``.
    @discardableResult
    package func open(
        _ kind: Organisation.Kind, named name: String, address: String?, in grid: ID<GridNode>, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws -> ID<Organisation> {
        let scope = try principal.scope(for: .manageResident)
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "organisation.open", says: [kind.rawValue, name, address, grid.description])
            guard try desk.tree(tx, change.town).isIn(scope, grid) else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            var validation = Validation()
            let words = validation.text(name, at: "/name", limit: 60)
            let place = validation.text(address, at: "/address", limit: 80, required: false)
            try validation.finish()
            let organisation = Organisation(
                id: change.newID(), grid: grid, kind: kind, name: words, address: place.isEmpty ? nil : place,
                term: Term(from: desk.today, to: nil))
            try OrganisationStore(tx, town: change.town).insert(organisation)
            try change.record(organisation.id, grid: grid, ["kind": kind.rawValue, "name": words])
            return organisation.id
        }
    }

    /// - Throws: ``NotFound`` for an organisation out of scope, ``Invalid`` for somebody out of scope or who belongs to it already.
    package func admit(
        _ person: ID<PersonNode>, to organisation: ID<Organisation>, as role: OrganisationMember.Role, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .manageResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "organisation.admit",
                says: [person.description, organisation.description, role.rawValue])
            let store = OrganisationStore(tx, town: change.town)
            guard let found = try store.find(organisation, in: scope) else { throw NotFound() }
            if try change.isDone() { return }
            let known = try PersonRecordStore(tx, town: change.town).find(person, in: scope, on: desk.today)
            guard let known, known.mergedInto == nil, known.deceasedOn == nil else { throw Invalid("/person", "person-unknown") }
            if found.kind == .partyBranch, !known.isPartyMember { throw Invalid("/person", "not-a-party-member") }
            let members = try store.members(of: organisation, on: desk.today)
            guard !members.contains(where: { $0.person == person }) else { throw Invalid("/person", "already-member") }
            try store.insert(
                OrganisationMember(id: change.newID(), organisation: organisation, person: person, role: role, from: desk.today))
            try change.record(organisation, grid: found.grid, ["person": person.description, "role": role.rawValue])
        }
    }

    /// Ends somebody's membership with yesterday.
    package func release(
        _ member: ID<OrganisationMember>, from organisation: ID<Organisation>, by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .manageResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "organisation.release",
                says: [member.description, organisation.description])
            let store = OrganisationStore(tx, town: change.town)
            guard let found = try store.find(organisation, in: scope) else { throw NotFound() }
            if try change.isDone() { return }
            guard let known = try store.members(of: organisation, on: desk.today).first(where: { $0.id == member }) else {
                throw NotFound()
            }
            try store.endMembership(member, on: desk.today.adding(days: -1))
            try change.record(organisation, grid: found.grid, ["person": known.person.description])
        }
    }
}
