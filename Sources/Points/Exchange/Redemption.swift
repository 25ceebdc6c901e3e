package import Directory
package import Kernel
import Storage

/// That a household took goods for points at the counter. 兑换
package struct Redemption: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, CaseIterable, SQLValue {
        case done
        /// 撤销: a slip at the till, undone on the same day; the goods never left.
        case cancelled
        /// 退货: the goods came back, and the points with them.
        case returned
    }

    /// Made by the till, so that a double tap redeems once. Its entry in the ledger bears the same id.
    package let id: ID<Redemption>
    package let village: ID<GridNode>
    /// On the receipt.
    package let number: PublicNumber
    package let household: ID<Household>
    package let good: ID<Good>
    package let count: Int
    /// What one cost then, in points.
    package let price: Int
    package let at: Instant
    package let account: ID<AccountNode>?
    package let post: String
    package let stage: Stage
    /// Why it was undone; empty while it stands.
    package let reason: String
    package let endedAt: Instant?

    package var points: Int { price * count }

    /// At most this many of one good at a time.
    package static let countLimit = 99
}

/// What a till asks for.
package struct SaleOrder: Sendable {
    package let id: ID<Redemption>
    package let good: ID<Good>
    package let count: Int
    package let card: PublicNumber
    package let principal: Principal
    package let address: String?

    package init(
        id: ID<Redemption>, good: ID<Good>, count: Int = 1, card: PublicNumber, by principal: Principal, address: String? = nil
    ) {
        self.id = id
        self.good = good
        self.count = count
        self.card = card
        self.principal = principal
        self.address = address
    }
}
