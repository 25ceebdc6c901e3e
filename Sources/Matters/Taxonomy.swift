package import Kernel
package import Storage

/// The groups and categories of a town, with the number of the edition they were installed from.
package struct Taxonomy: Hashable, Sendable {
    package let edition: Int
    package let groups: [CategoryGroup]
    package let categories: [Category]
    private let byCode: [String: Category]

    package init(edition: Int, groups: [CategoryGroup], categories: [Category]) {
        self.edition = edition
        self.groups = groups.sorted { $0.code < $1.code }
        self.categories = categories.sorted { $0.code < $1.code }
        byCode = Dictionary(categories.map { ($0.code, $0) }) { first, _ in first }
    }

    package subscript(_ code: String) -> Category? { byCode[code] }

    package func group(of category: Category) -> CategoryGroup? { groups.first { $0.code == category.group } }

    /// Those that may still be chosen.
    package var offered: [Category] { categories.filter { !$0.isRetired } }

    /// Gives a new town the default taxonomy. Rows that are there already stay as they are.
    package static func install(_ tx: any Transaction, _ town: ID<Town>) throws {
        try TaxonomyStore(tx).install(.default, in: town)
    }
}
