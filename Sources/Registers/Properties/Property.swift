package import Directory
package import Kernel
import Storage

/// A house, a flat, a shop front or a workshop: whose it is, what it is used for, who lives there. 房屋
package struct Property: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 自建房.
        case house
        /// 套房.
        case flat
        /// 店面.
        case shop
        /// 厂房, 作坊.
        case workshop
        /// 仓库.
        case warehouse
        case other
    }
    package enum Use: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// 自住.
        case selfLived
        /// 整幢（套）出租.
        case whollyLet
        /// 部分出租.
        case partlyLet
        /// 自己经营.
        case business
        /// 空置.
        case vacant

        /// Whether rooms are let, so that tenants are to be registered (domain.md 0503).
        package var isLet: Bool { self == .whollyLet || self == .partlyLet }
    }

    /// Whose it is: by name, and by record where the registers know exactly one. 产权人
    package struct Owner: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable, SQLValue { case person, enterprise, organisation }

        package let kind: Kind
        package let name: String
        /// The record of a person, an enterprise or an organisation.
        package let record: ID<Property.Owner>?

        package init(_ kind: Kind, named name: String, record: ID<Property.Owner>? = nil) {
            self.kind = kind
            self.name = name
            self.record = record
        }
    }

    package let id: ID<Property>
    package var grid: ID<GridNode>
    package var address: Address
    package var kind: Kind
    package var use: Use
    /// How many rooms are let, where some are and somebody counted.
    package var roomsLet: Int?
    /// Nil when nobody knows.
    package var owner: Owner?
    package var term: Term
    package var version: Int

    package init(
        id: ID<Property>, grid: ID<GridNode>, address: Address, kind: Kind, use: Use, roomsLet: Int? = nil, owner: Owner? = nil,
        term: Term, version: Int = 1
    ) {
        self.id = id
        self.grid = grid
        self.address = address
        self.kind = kind
        self.use = use
        self.roomsLet = roomsLet
        self.owner = owner
        self.term = term
        self.version = version
    }
}

/// What of the properties is asked for.
package struct PropertyFilter: Sendable, Hashable {
    package var kind: Property.Kind?
    package var use: Property.Use?
    /// What the address or the owner's name holds.
    package var text: String

    package init(kind: Property.Kind? = nil, use: Property.Use? = nil, text: String = "") {
        self.kind = kind
        self.use = use
        self.text = text
    }
}
