import Directory
import Kernel

/// The paths of the exchange's pages, written once.
enum ExchangePath {
    static let counter = "/office/exchange"
    static let sales = "\(counter)/redemptions"
    static let shelf = "\(counter)/goods"
    static let stockTake = "\(counter)/stock-takes"
    static let report = "\(counter)/report"
    static let cards = "\(counter)/cards"
    static let renewal = "\(cards)/renewals"
    static let mine = "/points/exchange"

    static func counter(_ village: ID<GridNode>) -> String { "\(counter)?village=\(village)" }
    static func counter(card: PublicNumber) -> String { "\(counter)?card=\(card.digits)" }
    static func redemption(_ id: ID<Redemption>) -> String { "\(sales)/\(id)" }
    static func shelf(_ village: ID<GridNode>) -> String { "\(shelf)?village=\(village)" }
    static func good(_ id: ID<Good>) -> String { "\(shelf)/\(id)" }
}
