package import Kernel
import Storage

/// Somebody outside who is told of what happens: another platform, a group chat of staff, people's telephones. 订阅方
package struct Subscriber: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable, SQLValue {
        /// Another program, by signed HTTP.
        case webhook
        /// A group of a WeCom organisation, through its robot 企业微信群机器人.
        case wecom
        /// Reporters who agreed, by text message 短信.
        case sms

        /// How many messages a minute one may be sent; nil for no limit of ours. WeCom refuses a robot's 21st.
        package var perMinute: Int? { self == .wecom ? 20 : nil }
    }

    package let id: ID<Subscriber>
    package let town: ID<Town>
    package let kind: Kind
    package let name: String
    /// Which messages; empty for all of its kind.
    package let topics: Set<String>
    /// Only of this grid and below; nil for the whole town.
    package let grid: ID<GridNode>?
    package let isOn: Bool
    package let createdAt: Instant

    package init(
        id: ID<Subscriber>, town: ID<Town>, kind: Kind, name: String, topics: Set<String>, grid: ID<GridNode>?, isOn: Bool,
        createdAt: Instant
    ) {
        self.id = id
        self.town = town
        self.kind = kind
        self.name = name
        self.topics = topics
        self.grid = grid
        self.isOn = isOn
        self.createdAt = createdAt
    }

    package func wants(_ topic: String) -> Bool { topics.isEmpty || topics.contains(topic) }

    package static let nameLimit = 60
}
