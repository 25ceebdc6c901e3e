package import Kernel
package import Storage

/// The groups and categories of a town, with the number of the edition they were installed from.
package struct Taxonomy: Hashable, Sendable {
    package let edition: Int
    package let groups: [CategoryGroup]
    package let categories: [Category]
    /// What villages do not need, by village.
    package let off: [ID<GridNode>: Set<String>]
    /// Who gets what is new, in the town's own order.
    package let routing: RoutingBook
    private let byCode: [String: Category]

    package init(
        edition: Int, groups: [CategoryGroup], categories: [Category], off: [ID<GridNode>: Set<String>] = [:],
        routing: RoutingBook = RoutingBook()
    ) {
        self.routing = routing
        self.off = off
        self.edition = edition
        self.groups = groups.sorted { $0.code < $1.code }
        self.categories = categories.sorted { $0.code < $1.code }
        byCode = Dictionary(categories.map { ($0.code, $0) }) { first, _ in first }
    }

    package subscript(_ code: String) -> Category? { byCode[code] }

    package func group(of category: Category) -> CategoryGroup? { groups.first { $0.code == category.group } }

    /// Those that may be chosen for a place in `village`; for a place nobody has named yet those that may be chosen anywhere.
    package func offered(in village: ID<GridNode>?) -> [Category] { categories.filter { isOffered($0, in: village) } }

    package func isOffered(_ category: Category, in village: ID<GridNode>?) -> Bool {
        guard let village else { return !category.isRetired }
        return !category.isRetired && (category.village == nil || category.village == village)
            && !off[village, default: []].contains(category.code)
    }

    /// Gives a new town the default taxonomy. Rows that are there already stay as they are.
    package static func install(_ tx: any Transaction, _ town: ID<Town>) throws {
        try TaxonomyStore(tx).install(.default, in: town)
    }
}
