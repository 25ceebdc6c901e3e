package import Directory
package import Kernel
import Storage

/// That somebody of the grid was at a household or an enterprise, or reached it otherwise (F15). 走访
package struct HomeVisit: Sendable, Hashable {
    package enum Channel: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 上门.
        case door
        /// 电话.
        case phone
        /// 微信, 短信.
        case message
        /// 路上, 服务站, 活动中遇到.
        case met
    }
    package enum Place: Sendable, Hashable {
        case household(ID<Household>)
        case enterprise(ID<Enterprise>)
    }

    package let id: ID<HomeVisit>
    package let place: Place
    package let grid: ID<GridNode>
    package let channel: Channel
    package let at: Instant
    package let enteredAt: Instant
    package let account: ID<AccountNode>?
    /// Who was there and from which post, as they were called then.
    package let byName: String
    package let byPost: String
    /// In clear here, sealed where it is stored.
    package let note: String?

    package init(
        id: ID<HomeVisit>, place: Place, grid: ID<GridNode>, channel: Channel, at: Instant, enteredAt: Instant,
        account: ID<AccountNode>?, byName: String, byPost: String, note: String?
    ) {
        self.id = id
        self.place = place
        self.grid = grid
        self.channel = channel
        self.at = at
        self.enteredAt = enteredAt
        self.account = account
        self.byName = byName
        self.byPost = byPost
        self.note = note
    }
}
