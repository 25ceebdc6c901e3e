import Directory
import Identity
import Kernel
import Storage

/// Redeems goods for points at a counter. 兑换
///
/// Sales that wait at the same moment are served in one transaction (``Counter``); each is decided on what the ones before it left.
package struct RedeemPoints: Sendable {
    private let counter: Counter<SaleOrder, Redemption>

    package init(_ desk: PointsDesk) {
        counter = Counter { orders in await ServeSales(desk: desk)(orders) }
    }

    /// - Throws: ``Forbidden`` without the permission, ``NotFound`` out of reach or for a card that opens nothing, ``Invalid``, ``Conflict``
    ///   `not-offered`, `sold-out`, `balance-too-low`, `other-village` or `request-reused`.
    /// - Returns: the redemption; after a retry the one that was made first.
    package func callAsFunction(_ order: SaleOrder) async throws -> Redemption {
        _ = try order.principal.scope(for: .sellPoints)
        guard (1...Redemption.countLimit).contains(order.count) else {
            throw Invalid("/count", "sale-count", ["limit": String(Redemption.countLimit)])
        }
        return try await counter(order)
    }
}
