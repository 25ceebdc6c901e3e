package import Directory
package import Kernel
import Storage

/// A firm, a works or a small shop of a grid. 企业, 五小
package struct Enterprise: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 企业.
        case firm
        /// 五小行业门店: 小餐饮, 小旅店, 小浴室, 小美容美发, 小歌舞厅 and other small shops.
        case smallShop
        /// 学校, 医院 and other units.
        case institution
    }
    package enum Trade: String, Sendable, Hashable, CaseIterable, SQLValue {
        case machinery, footwear, textiles, foodstuffs, packaging, logistics, wholesale, retail, catering, lodging, bathing,
            beauty
        case entertainment, repair, medicine, education, other
    }

    package let id: ID<Enterprise>
    package var grid: ID<GridNode>
    package var kind: Kind
    package var trade: Trade
    package var name: String
    package var code: CreditCode?
    /// Why there is none: exactly one of the two is known.
    package var noCodeReason: String?
    package var address: String
    /// Who to ask for, in words.
    package var contact: String?
    package var headcount: Int?
    package var term: Term
    package let visitedAt: Instant?
    package var version: Int

    package init(
        id: ID<Enterprise>, grid: ID<GridNode>, kind: Kind, trade: Trade, name: String, code: CreditCode?,
        noCodeReason: String? = nil,
        address: String, contact: String? = nil, headcount: Int? = nil, term: Term, visitedAt: Instant? = nil, version: Int = 1
    ) {
        self.id = id
        self.grid = grid
        self.kind = kind
        self.trade = trade
        self.name = name
        self.code = code
        self.noCodeReason = noCodeReason
        self.address = address
        self.contact = contact
        self.headcount = headcount
        self.term = term
        self.visitedAt = visitedAt
        self.version = version
    }
}
