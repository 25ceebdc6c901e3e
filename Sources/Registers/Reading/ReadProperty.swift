package import Directory
import Identity
package import Kernel
import Storage

/// One property as its page shows it.
package struct PropertySight: Sendable {
    package let property: Property
    package let tree: GridTree
    package let maskedPhone: String?
    /// Whether the reader may open the owner's own record.
    package let seesOwner: Bool
    /// Who is said to live there, as far as the reader reaches.
    package let households: [(id: ID<Household>, address: String)]
    /// Who else is registered behind the same door.
    package let behind: [(id: ID<Household>, address: String)]
    package let history: [RegisterEvent]
}

package struct ReadProperty: Sendable {
    private let desk: RegisterDesk

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope.
    package func callAsFunction(_ id: ID<Property>, by principal: Principal) async throws -> PropertySight {
        let scope = try principal.scope(for: .readResident)
        return try await desk.database.read { [desk] tx in
            let town = principal.town
            let store = PropertyStore(tx, town: town, vault: desk.vault)
            guard let property = try store.find(id, in: scope) else { throw NotFound() }
            let neighbours = PropertyNeighbourStore(tx, town: town)
            let records = HouseholdRecordStore(tx, town: town)
            let linked = try neighbours.linked(to: id).filter { try records.find($0.id, in: scope) != nil }
            let known = Set(linked.map(\.id))
            return PropertySight(
                property: property, tree: try desk.tree(tx, town), maskedPhone: try store.phone(of: id).map(Masking.phone),
                seesOwner: try seesOwner(property.owner, scope, tx, town), households: linked,
                behind: try neighbours.behind(property, on: desk.today).filter { !known.contains($0.id) },
                history: try RegisterEventStore(tx, town: town).latest(20, of: [ID(id.uuid)]))
        }
    }

    private func seesOwner(
        _ owner: Property.Owner?, _ scope: Scope, _ tx: any Transaction, _ town: ID<Town>
    ) throws -> Bool {
        guard let owner, let record = owner.record else { return false }
        switch owner.kind {
        case .person: return try PersonRecordStore(tx, town: town).find(ID(record.uuid), in: scope, on: desk.today) != nil
        case .enterprise: return try EnterpriseStore(tx, town: town, vault: desk.vault).find(ID(record.uuid), in: scope) != nil
        case .organisation: return try OrganisationStore(tx, town: town).find(ID(record.uuid), in: scope) != nil
        }
    }
}
