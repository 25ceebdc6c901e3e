import Directory
import Identity
package import Kernel
import Storage

/// Writes down consents and guardians. Withdrawing ends at once what only the consent allowed. 同意, 监护
package struct KeepConsent: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope, ``Invalid`` when a child's guardian is missing or nothing was given that could be withdrawn.
    package func record(
        _ act: Consent.Act, of person: ID<PersonNode>, for purpose: String, way: Consent.Way, guardian: ID<PersonNode>? = nil,
        by principal: Principal, request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "consent.\(act.rawValue)",
                says: [person.description, purpose, way.rawValue, guardian?.description])
            guard let found = try PersonRecordStore(tx, town: change.town).find(person, in: scope, on: desk.today) else {
                throw NotFound()
            }
            if try change.isDone() { return }
            let store = ConsentStore(tx, town: change.town)
            let guardians = try store.guardians(of: person).filter { $0.term.contains(desk.today) }.map(\.guardian)
            var faults = ConsentRules.faults(
                act, birth: found.birth, guardian: guardian, guardians: Set(guardians),
                holds: ConsentRules.holds(try store.all(of: [person]), for: purpose), today: desk.today)
            let known = try DataPurposeStore(tx, town: change.town).find(purpose)
            if known == nil { faults.append(Fault("/purpose", "not-a-choice")) }
            guard faults.isEmpty else { throw Invalid(faults) }
            try store.append(
                Consent(
                    id: change.newID(), person: person, purpose: purpose, act: act, way: way, guardian: guardian,
                    at: desk.ambient.now(), account: principal.account))
            if act == .withdrawn, known?.basis == .consent {
                try DestructionStore(tx, town: change.town).endMarks(of: person, for: purpose, on: desk.today.adding(days: -1))
            }
            try change.record(person, grid: nil, ["purpose": purpose, "way": way.rawValue])
        }
    }

    /// Names who answers for a child. Both must be in the registers, the child in scope.
    package func appoint(
        _ guardian: ID<PersonNode>, for child: ID<PersonNode>, relation: String, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "guardian.name",
                says: [child.description, guardian.description, relation])
            let people = PersonRecordStore(tx, town: change.town)
            guard let found = try people.find(child, in: scope, on: desk.today) else { throw NotFound() }
            if try change.isDone() { return }
            var validation = Validation()
            let words = validation.text(relation, at: "/relation", limit: 20)
            let other = try people.find(guardian, in: scope, on: desk.today)
            validation.check(other != nil && guardian != child, at: "/guardian", "person-unknown")
            validation.check(
                other?.birth.map { !Age.needsGuardian(bornOn: $0, on: desk.today) } ?? true, at: "/guardian", "guardian-too-young"
            )
            validation.check(
                found.birth.map { Age.years(of: $0, on: desk.today) < 18 } ?? true, at: "/guardian", "child-grown-up")
            try validation.finish()
            try ConsentStore(tx, town: change.town).insert(
                Guardianship(id: change.newID(), child: child, guardian: guardian, relation: words, from: desk.today))
            try change.record(child, grid: nil, ["guardian": guardian.description])
        }
    }
}
