package import Directory
import Identity
package import Kernel
import Storage

/// One person's record as one page shows it: what is sealed is masked.
package struct PersonSight: Sendable {
    package let person: PersonRecord
    package let tree: GridTree
    package let maskedDocument: String?
    package let maskedPhones: [String]
    package let homes: [(stay: Stay, household: HouseholdRecord)]
    package let marks: [CareMark]
    package let purposes: [DataPurpose]
    package let consents: [Consent]
    package let guardians: [(guardianship: Guardianship, name: String)]
    package let memberships: [(member: OrganisationMember, name: String)]
    package let skills: Set<Skill>
    package let merges: [PersonMerge]
    /// Who may be the same person, with what speaks for it.
    package let alike: [(person: PersonRecord, reason: DuplicateRules.Reason)]
    package let history: [RegisterEvent]
}

package struct ReadPerson: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope.
    package func callAsFunction(_ id: ID<PersonNode>, by principal: Principal) async throws -> PersonSight {
        let scope = try principal.scope(for: .readResident)
        let reach = try? CareReach(principal)
        return try await desk.database.read { [desk] tx in
            let town = principal.town
            let records = PersonRecordStore(tx, town: town)
            guard let person = try records.find(id, in: scope, on: desk.today) else { throw NotFound() }
            let open = try records.open([id], desk.vault)[id]
            let households = HouseholdRecordStore(tx, town: town)
            let stays = try households.stays(of: [id])
            let homes = Dictionary(
                try households.find(Set(stays.map(\.residency.household)).sorted()).map { ($0.id, $0) }
            ) { first, _ in first }
            let merges = MergeStore(tx, town: town)
            let joined = try merges.standing(into: id)
            let family = [id] + joined.map(\.gone)
            let consents = ConsentStore(tx, town: town)
            let guardians = try consents.guardians(of: id)
            let names = try PersonStore(tx, town: town).names(of: Set(guardians.map(\.guardian)))
            let organisations = OrganisationStore(tx, town: town)
            return PersonSight(
                person: person, tree: try desk.tree(tx, town), maskedDocument: open?.document.map(Document.masked),
                maskedPhones: open?.phones.map(Masking.phone) ?? [],
                homes: stays.compactMap { stay in homes[stay.residency.household].map { (stay, $0) } },
                marks: try reach.map {
                    try CareStore(tx, town: town, vault: desk.vault).current(of: [id], $0, on: desk.today)
                } ?? [],
                purposes: try DataPurposeStore(tx, town: town).all(), consents: try consents.all(of: family),
                guardians: guardians.map { ($0, names[$0.guardian] ?? "") },
                memberships: try organisations.memberships(of: [id]), skills: try organisations.skills(of: id), merges: joined,
                alike: principal.may(.manageResident) ? try Self.alike(person, scope, desk, tx, town) : [],
                history: try RegisterEventStore(tx, town: town).latest(30, of: family.map { ID($0.uuid) }))
        }
    }

    /// Records that may be of the same person, within scope.
    private static func alike(
        _ person: PersonRecord, _ scope: Scope, _ desk: RegisterDesk, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> [(person: PersonRecord, reason: DuplicateRules.Reason)] {
        guard person.mergedInto == nil, person.destroyedAt == nil else { return [] }
        let (records, merges) = (PersonRecordStore(tx, town: town), MergeStore(tx, town: town))
        let candidates = try merges.candidates(for: person.id, named: person.name)
        let traits = try merges.traits(of: candidates + [person.id])
        guard let own = traits[person.id] else { return [] }
        return try candidates.compactMap { id in
            guard let other = traits[id], let reason = DuplicateRules.reason(own, other),
                let found = try records.find(id, in: scope, on: desk.today)
            else { return nil }
            return (found, reason)
        }
    }
}
