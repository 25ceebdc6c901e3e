import Directory
import Kernel
import Storage

/// Every statement by which a property finds its owner's record and the households behind its door.
struct PropertyNeighbourStore {
    private let tx: any Transaction
    private let town: ID<Town>
    /// More doors than one house has.
    private static let most = 100

    init(_ tx: any Transaction, town: ID<Town>) {
        self.tx = tx
        self.town = town
    }

    /// The only enterprise of this name that goes on in some grids.
    func enterprise(named name: String, in grids: [ID<GridNode>]) throws -> ID<Property.Owner>? {
        try only(
            """
            SELECT e.id FROM enterprise e
            WHERE e.town_id = \(town) AND e.grid_id IN (\(list: grids)) AND e.name_folded = \(name.lowercased()) AND e.valid_to IS NULL
            ORDER BY e.id LIMIT 2
            """)
    }

    /// The only organisation of this name that goes on in some grids.
    func organisation(named name: String, in grids: [ID<GridNode>]) throws -> ID<Property.Owner>? {
        try only(
            """
            SELECT o.id FROM organisation o
            WHERE o.town_id = \(town) AND o.grid_id IN (\(list: grids)) AND o.name = \(name) AND o.valid_to IS NULL
            ORDER BY o.id LIMIT 2
            """)
    }

    private func only(_ question: SQL) throws -> ID<Property.Owner>? {
        let rows = try tx.query(question)
        return rows.count == 1 ? try rows[0].get("id") : nil
    }

    /// Households that are said to live in a property, by address.
    func linked(to property: ID<Property>) throws -> [(id: ID<Household>, address: String)] {
        try tx.query(
            """
            SELECT h.id, h.address_words FROM property_household l JOIN household h ON h.town_id = l.town_id AND h.id = l.household_id
            WHERE l.town_id = \(town) AND l.property_id = \(property) ORDER BY h.address_words, h.id
            """
        ).map { (try $0.get("id"), try $0.get("address_words")) }
    }

    /// Households of the same grid or below it whose address begins with the property's.
    func behind(_ property: Property, on day: Day) throws -> [(id: ID<Household>, address: String)] {
        let pattern = property.address.words.map { "%_!".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
        return try tx.query(
            """
            SELECT h.id, h.address_words FROM household h
            WHERE h.town_id = \(town) AND \(GridScope.predicate(.grids([property.grid]), town: town, grid: "h.grid_id"))
                AND h.address_words LIKE \(pattern) ESCAPE '!'
                AND (h.valid_to IS NULL OR h.valid_to >= \(day))
            ORDER BY h.address_words, h.id LIMIT \(Self.most)
            """
        ).map { (try $0.get("id"), try $0.get("address_words")) }
    }
}
