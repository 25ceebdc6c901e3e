package import Directory
import Identity
package import Kernel
import Storage

/// Somebody who lives or begins to live in a household.
package struct Arrival: Sendable {
    package var person: PersonDraft
    package var kind: Residency.Kind
    /// 与户主关系, in the village's own words.
    package var relation: String?
    package var from: Day

    package init(_ person: PersonDraft, as kind: Residency.Kind, relation: String? = nil, from: Day) {
        self.person = person
        self.kind = kind
        self.relation = relation
        self.from = from
    }
}

/// Enters somebody into a household; whoever has the same document already stays the same person (design.md rule 3). 登记人员
package struct EnterResident: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameter request: the id a new person gets; a retry with the same one enters once.
    /// - Throws: ``NotFound`` for a household out of scope, ``Invalid``, ``Conflict`` when the request's id came with other contents.
    /// - Returns: who lives there now, and whether they were known before.
    package func callAsFunction(
        _ arrival: Arrival, in household: ID<Household>, by principal: Principal, request: ID<RegisterEvent>
    ) async throws -> (person: ID<PersonNode>, wasKnown: Bool) {
        let scope = try principal.scope(for: .editResident)
        let person = arrival.person
        return try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "person.enter",
                says: [
                    household.description, person.name, person.sex?.rawValue, person.birth?.description, person.document,
                    person.documentKind?.rawValue, person.phones.joined(separator: "/"), arrival.kind.rawValue, arrival.relation,
                    arrival.from.description, person.isPartyMember ? "1" : "0",
                ])
            let households = HouseholdRecordStore(tx, town: change.town)
            guard let home = try households.find(household, in: scope) else { throw NotFound() }
            if try change.isDone() { return (change.newID(), false) }
            let checked = try Self.check(arrival, in: home, desk.today)
            let newcomer = try Newcomer(change.newID(), checked, in: home, desk.vault, desk.ambient)
            let known = try newcomer.documentMark.flatMap {
                try PersonRecordStore(tx, town: change.town).holders(ofDocuments: [$0])[$0]
            }
            if let known {
                let stays = try households.stays(of: [known]).map(\.residency)
                let isHere = stays.contains { $0.household == household && ($0.term.to.map { $0 >= arrival.from } ?? true) }
                guard !isHere else { throw Invalid("/document", "already-here") }
                let record = try PersonRecordStore(tx, town: change.town).find([known]).first
                let faults = record.map { KnownRules.faults(of: $0, named: checked.name) } ?? []
                guard faults.isEmpty else { throw Invalid(faults) }
            }
            let residency = Residency(
                id: change.newID(), person: known ?? newcomer.record.id, household: household, kind: arrival.kind,
                from: arrival.from)
            let relation = arrival.relation?.trimmed
            let stay = Stay(residency, relation: relation?.isEmpty == false ? relation : nil)
            let book = RegisterBook(tx, town: change.town, vault: desk.vault, ambient: desk.ambient)
            if let known { try book.welcome(known, as: newcomer, stay) } else { try book.enter([(newcomer, stay)]) }
            try change.record(
                residency.person, grid: home.grid,
                ["household": household.description, "kind": arrival.kind.rawValue, "from": arrival.from.description])
            return (residency.person, known != nil)
        }
    }

    private static func check(_ arrival: Arrival, in household: HouseholdRecord, _ today: Day) throws(Invalid) -> CheckedPerson {
        var faults = PersonRules.faults(of: Term(from: arrival.from, to: nil), today: today)
        var validation = Validation()
        _ = validation.text(arrival.relation, at: "/relation", limit: 20, required: false)
        validation.check(household.term.to.map { $0 >= arrival.from } ?? true, at: "/from", "household-ended")
        faults += validation.faults
        do throws(Invalid) {
            let checked = try PersonRules.check(arrival.person, on: today)
            guard faults.isEmpty else { throw Invalid(faults) }
            return checked
        } catch {
            throw Invalid(faults == error.faults ? faults : error.faults + faults)
        }
    }
}
