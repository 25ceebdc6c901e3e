package import Directory
package import Identity
package import Kernel
package import Storage

/// Properties among their neighbours, inside somebody's transaction: the owner's record, and who lives behind the door. Whoever enters one, by
/// hand or by a sheet, goes through here.
package struct PropertyBook {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault
    private let tree: GridTree
    private let today: Day

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault, tree: GridTree, on today: Day) {
        self.tx = tx
        self.town = town
        self.vault = vault
        self.tree = tree
        self.today = today
    }

    private var store: PropertyStore { PropertyStore(tx, town: town, vault: vault) }

    /// - Throws: ``Invalid`` also when the address is taken.
    package func enter(_ draft: PropertyDraft, as id: ID<Property>) throws -> Property {
        let checked = try check(draft, of: nil)
        let property = Property(
            id: id, grid: draft.grid, address: draft.address, kind: draft.kind, use: draft.use, roomsLet: draft.roomsLet,
            owner: try owner(draft, checked, before: nil), term: Term(from: today, to: nil))
        try store.insert(property, phone: checked.phone)
        // Whoever is registered behind the same door lives there.
        let behind = try PropertyNeighbourStore(tx, town: town).behind(property, on: today)
        try store.set(behind.filter { $0.address == property.address.words }.map(\.id), in: property.id)
        return property
    }

    /// - Parameter id: the property that the draft changes; nil for a new one.
    /// - Throws: ``Invalid`` with everything found, or when another property stands there.
    func check(_ draft: PropertyDraft, of id: ID<Property>?) throws -> PropertyRules.Checked {
        let checked = try PropertyRules.check(draft)
        if let taken = try standing(at: draft.address, in: draft.grid), taken != id {
            throw Invalid("/address", "property-taken")
        }
        return checked
    }

    /// The property that stands at exactly this address in the grid.
    package func standing(at address: Address, in grid: ID<GridNode>) throws -> ID<Property>? {
        try store.find(at: address.words, in: grid)
    }

    /// Whose it is. A person's record is found by name and telephone, an enterprise's or organisation's where it is the only one of its name
    /// in the village.
    func owner(_ draft: PropertyDraft, _ checked: PropertyRules.Checked, before: Property.Owner?) throws -> Property.Owner? {
        guard let kind = draft.ownerKind, let name = checked.owner else { return nil }
        if draft.phone == nil, let before, before.kind == kind, before.name == name { return before }
        let village = tree.village(of: draft.grid)?.id ?? draft.grid
        let grids = [village] + tree.descendants(of: village).map(\.id)
        let neighbours = PropertyNeighbourStore(tx, town: town)
        let record: ID<Property.Owner>? =
            switch kind {
            case .person:
                try checked.phone.flatMap { try PersonStore(tx, town: town).find(named: name, phone: $0.digits, vault) }
                    .map { ID($0.id.uuid) }
            case .enterprise: try neighbours.enterprise(named: name, in: grids)
            case .organisation: try neighbours.organisation(named: name, in: grids)
            }
        return Property.Owner(kind, named: name, record: record)
    }
}
