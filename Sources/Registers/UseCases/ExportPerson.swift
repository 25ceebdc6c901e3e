package import Directory
package import Identity
package import Kernel
import Storage

/// Everything that is held about one person, in clear, for themselves to have (个人信息保护法 art. 45). 个人信息副本
package struct PersonFile: Sendable {
    package let person: PersonRecord
    package let open: OpenPerson
    package let homes: [(stay: Stay, household: HouseholdRecord, grid: String)]
    package let marks: [CareMark]
    package let consents: [Consent]
    package let guardians: [(guardianship: Guardianship, name: String)]
    package let memberships: [(member: OrganisationMember, name: String)]
    package let skills: Set<Skill>
    /// What they own, as far as the registers have linked it.
    package let properties: [Property]
    package let purposes: [DataPurpose]
    package let joined: [ID<PersonNode>]
    /// What was done to the record, and every look at what is sealed.
    package let history: [RegisterEvent]
    package let reveals: [AuditEntry]
    package let madeAt: Instant
}

package struct ExportPerson: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``Invalid`` without a reason, ``NotFound`` out of scope. The export itself is logged.
    package func callAsFunction(
        _ id: ID<PersonNode>, by principal: Principal, reason: String, address: String? = nil
    ) async throws -> PersonFile {
        let scope = try principal.scope(for: .manageResident)
        let reason = try RevealPerson.reason(reason)
        return try await desk.database.write { [desk] tx in
            let town = principal.town
            let records = PersonRecordStore(tx, town: town)
            guard let person = try records.find(id, in: scope, on: desk.today), let open = try records.open([id], desk.vault)[id]
            else {
                throw NotFound()
            }
            let tree = try desk.tree(tx, town)
            let households = HouseholdRecordStore(tx, town: town)
            let stays = try households.stays(of: [id])
            let homes = Dictionary(
                try households.find(Set(stays.map(\.residency.household)).sorted()).map { ($0.id, $0) }
            ) { first, _ in first }
            let joined = try MergeStore(tx, town: town).standing(into: id).map(\.gone)
            let family = [id] + joined
            let consents = ConsentStore(tx, town: town)
            let guardians = try consents.guardians(of: id)
            let names = try PersonStore(tx, town: town).names(of: Set(guardians.map(\.guardian)))
            let organisations = OrganisationStore(tx, town: town)
            let reveals = try AuditStore(tx, town: town).entries(
                of: family.map(\.description), act: "registers.person.reveal", limit: 500)
            try AuditTrail(tx).record(
                "registers.person.export", by: principal, town: town, subject: id.description, detail: ["reason": reason],
                address: address, ambient: desk.ambient)
            return PersonFile(
                person: person, open: open,
                homes: stays.compactMap { stay in
                    homes[stay.residency.household].map { ($0.grid, $0) }.map { grid, home in
                        (stay, home, tree.path(grid).map(\.nameZh).joined(separator: " "))
                    }
                },
                marks: try CareStore(tx, town: town, vault: desk.vault).all(of: [id]), consents: try consents.all(of: family),
                guardians: guardians.map { ($0, names[$0.guardian] ?? "") }, memberships: try organisations.memberships(of: [id]),
                skills: try organisations.skills(of: id),
                properties: try PropertyStore(tx, town: town, vault: desk.vault).properties(ownedBy: family),
                purposes: try DataPurposeStore(tx, town: town).all(), joined: joined,
                history: try RegisterEventStore(tx, town: town).latest(500, of: family.map { ID($0.uuid) }), reveals: reveals,
                madeAt: desk.ambient.now())
        }
    }
}
