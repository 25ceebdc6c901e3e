package import Kernel

/// Which stretch of a list is asked for: the `page` and `page_size` that most servers of GeoReport v2 have agreed on.
package struct Paging: Hashable, Sendable {
    package let skipping: Int
    package let limit: Int

    /// The protocol's own limit of rows.
    package static let most = 1000
    package static let lastPage = 1000

    /// - Throws: ``Invalid`` `open311-page` for anything but whole numbers from 1 up to the limits.
    package init(page: String?, size: String?) throws(Invalid) {
        let number = try Self.number(page, upTo: Self.lastPage, "/page") ?? 1
        limit = try Self.number(size, upTo: Self.most, "/page_size") ?? Self.most
        skipping = (number - 1) * limit
    }

    private static func number(_ text: String?, upTo most: Int, _ pointer: String) throws(Invalid) -> Int? {
        guard let text else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), (1...most).contains(number) else {
            throw Invalid(pointer, "open311-page", ["limit": String(most)])
        }
        return number
    }
}
