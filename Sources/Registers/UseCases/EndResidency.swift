package import Directory
import Identity
package import Kernel
import Storage

/// Writes down that somebody moved away, died, or was entered by mistake. 迁出, 死亡
package struct EndResidency: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// Whoever died stops living everywhere on that day; who moved, only in this household.
    /// - Throws: ``NotFound`` out of scope or when they do not live there, ``Invalid`` for a day before the first or in the future.
    package func callAsFunction(
        of person: ID<PersonNode>, in household: ID<Household>, _ ending: Stay.Ending, on day: Day, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws {
        let scope = try principal.scope(for: .editResident)
        try await desk.database.write { [desk] tx in
            let change = RegisterChange(
                tx, desk, by: principal, request, "person.leave",
                says: [person.description, household.description, ending.rawValue, day.description])
            let households = HouseholdRecordStore(tx, town: change.town)
            guard let home = try households.find(household, in: scope) else { throw NotFound() }
            if try change.isDone() { return }
            let stays = try households.stays(of: [person]).filter { $0.residency.term.to.map { $0 > day } ?? true }
            let here = stays.filter { $0.residency.household == household }
            guard !here.isEmpty else { throw NotFound() }
            let ended = ending == .deceased ? stays : here
            var validation = Validation()
            validation.check(day <= desk.today, at: "/day", "in-the-future")
            validation.check(here.allSatisfy { $0.residency.term.from <= day }, at: "/day", "dates-reversed")
            try validation.finish()
            for stay in ended { try households.end(stay.residency.id, on: max(day, stay.residency.term.from), ending) }
            if ending == .deceased {
                let people = PersonRecordStore(tx, town: change.town)
                guard var record = try people.find([person]).first else { throw NotFound() }
                let version = record.version
                record.deceasedOn = day
                record.version += 1
                guard try people.update(record, from: version) else { throw Conflict("stale") }
            }
            try PersonIndex(tx, town: change.town, vault: desk.vault).refresh([person], on: desk.today)
            try change.record(
                person, grid: home.grid,
                ["household": household.description, "ending": ending.rawValue, "day": day.description])
        }
    }
}
