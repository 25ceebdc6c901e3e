package import Directory
package import Kernel

extension Permission {
    /// Serve at the counter of the village exchange: redeem, and undo what was redeemed.
    package static let sellPoints = Permission("points.sell")
    /// Keep the exchange: goods, prices, deliveries, stock-takes and cards.
    package static let keepExchange = Permission("points.exchange")
}

/// What each post may do at the village exchange. Whoever stands at the counter is a grid worker or the chief.
package enum ExchangePermissions {
    package static let grants: [PostKind: Set<Permission>] = [
        .gridWorker: [.sellPoints], .gridChief: [.sellPoints, .keepExchange], .townOffice: [.sellPoints, .keepExchange],
    ]
}
