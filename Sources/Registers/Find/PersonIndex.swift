import Directory
package import Identity
package import Kernel
package import Storage

/// Keeps the index of people true to their records.
package struct PersonIndex {
    private let tx: any Transaction
    private let town: ID<Town>
    private let vault: Vault

    package init(_ tx: any Transaction, town: ID<Town>, vault: Vault) {
        self.tx = tx
        self.town = town
        self.vault = vault
    }

    /// The keys of somebody whose sealed data is at hand, for bulk loads.
    package static func keys(of subject: FindKeys.Subject, _ vault: Vault) -> [String] {
        FindKeys.keys(of: subject) { vault.mark($0, kind: $1) }
    }

    /// Enters people as their records stand in this transaction; those who were merged or destroyed are taken out.
    ///
    /// Present places count; of somebody who has left, the last ones. Whoever never lived anywhere is found by the whole town only.
    package func refresh(_ people: Set<ID<PersonNode>>, on day: Day) throws {
        let ids = people.sorted()
        let records = PersonRecordStore(tx, town: town)
        let open = try records.open(ids, vault)
        let stays = Dictionary(grouping: try HouseholdRecordStore(tx, town: town).stays(of: ids), by: \.residency.person)
        let places = Dictionary(grouping: stays.values.joined(), by: \.residency.household).keys.sorted()
        let households = Dictionary(
            try HouseholdRecordStore(tx, town: town).find(places).map { ($0.id, $0) }
        ) { first, _ in first }
        let store = FindStore(tx, town: town)
        for person in try records.find(ids) {
            guard person.mergedInto == nil, person.destroyedAt == nil else {
                try store.remove(person.id)
                continue
            }
            let all = stays[person.id, default: []].map(\.residency)
            let present = all.filter { $0.term.to.map { $0 >= day } ?? true }
            let homes = (present.isEmpty ? all : present).compactMap { households[$0.household] }
            let subject = FindKeys.Subject(
                name: person.name, phones: open[person.id]?.phones ?? [], document: open[person.id]?.document,
                addresses: homes.map(\.address.words), grids: homes.map(\.grid))
            try store.put(person.id, Self.keys(of: subject, vault))
        }
    }
}
