package import Kernel
import Storage
package import Web

/// Something a village's exchange gives for points: what, for how many, and how many there are. 兑换物品
package struct Good: Sendable, Hashable {
    package let id: ID<Good>
    package let village: ID<GridNode>
    package let nameZh: String
    /// Empty when nobody wrote one.
    package let nameEn: String
    /// In points, above 0.
    package let price: Int
    /// How many are on the shelf; never below 0.
    package let stock: Int
    /// Whether it is offered now; one that is not keeps its stock and its history.
    package let isOffered: Bool
    package let version: Int

    /// More than this of one good is a slip of the finger.
    package static let stockLimit = 100_000

    package init(
        id: ID<Good>, village: ID<GridNode>, nameZh: String, nameEn: String = "", price: Int, stock: Int = 0,
        isOffered: Bool = true,
        version: Int = 1
    ) {
        self.id = id
        self.village = village
        self.nameZh = nameZh
        self.nameEn = nameEn
        self.price = price
        self.stock = stock
        self.isOffered = isOffered
        self.version = version
    }

    package func name(in language: Language) -> String { language == .zh || nameEn.isEmpty ? nameZh : nameEn }
}

/// That the stock of a good changed otherwise than by a redemption: appended, never edited. 出入库
package struct StockMovement: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 进货.
        case delivery
        /// 报损: spoilt, broken or lost.
        case loss
        /// 盘点: what counting showed.
        case count
        /// 退回: put back by a redemption that was cancelled or returned.
        case return_ = "return"
    }

    package let id: ID<StockMovement>
    package let good: ID<Good>
    package let kind: Kind
    /// Never 0.
    package let change: Int
    /// The redemption or the request behind it; several goods counted together share one.
    package let cause: ID<StockMovement.Cause>
    package let note: String
    package let at: Instant

    /// Any record that moves stock.
    package enum Cause {}
}
