package import Directory
package import Kernel

/// A household's points: the balance, kept in the same transaction as the entries it is the sum of. 积分账户
package struct Wallet: Sendable, Hashable {
    package let household: ID<Household>
    package let village: ID<GridNode>
    /// On the household's card and behind the QR at its door; random, so that nobody's can be guessed. 户码
    package let card: PublicNumber
    package let balance: Int
    /// When its latest entry was booked.
    package let last: Instant?

    package init(household: ID<Household>, village: ID<GridNode>, card: PublicNumber, balance: Int, last: Instant?) {
        self.household = household
        self.village = village
        self.card = card
        self.balance = balance
        self.last = last
    }
}

/// A household as points know it: the door, not who lives behind it.
package struct Door: Sendable, Hashable {
    package let household: ID<Household>
    package let village: ID<GridNode>
    /// The grid it lies in, of any level.
    package let grid: ID<GridNode>
    package let address: String

    package init(household: ID<Household>, village: ID<GridNode>, grid: ID<GridNode>, address: String) {
        self.household = household
        self.village = village
        self.grid = grid
        self.address = address
    }
}
