package import Kernel
import Storage

/// Somebody known to the town, as far as the directory shows them. Their telephone number is sealed and fetched only where it is needed.
package struct Person: Sendable, Hashable {
    package let id: ID<PersonNode>
    package let name: String

    package init(id: ID<PersonNode>, name: String) {
        self.id = id
        self.name = name
    }
}

/// People who live behind one door. The address is in the words people use: "××巷12号" is enough (F27). 户
package struct Household: Sendable, Hashable {
    package let id: ID<Household>
    package let grid: ID<GridNode>
    package let addressWords: String
    package let term: Term

    package init(id: ID<Household>, grid: ID<GridNode>, addressWords: String, from: Day, to: Day? = nil) {
        self.id = id
        self.grid = grid
        self.addressWords = addressWords
        term = Term(from: from, to: to)
    }
}

/// That a person belongs to a household, how, and for how long.
package struct Residency: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable, Codable, SQLValue {
        /// 户籍.
        case registered
        /// 流动人口.
        case floating
        /// 租户.
        case tenant
        /// 业主.
        case owner
    }
    package let id: ID<Residency>
    package let person: ID<PersonNode>
    package let household: ID<Household>
    package let kind: Kind
    package let term: Term

    package init(id: ID<Residency>, person: ID<PersonNode>, household: ID<Household>, kind: Kind, from: Day, to: Day? = nil) {
        self.id = id
        self.person = person
        self.household = household
        self.kind = kind
        term = Term(from: from, to: to)
    }
}
