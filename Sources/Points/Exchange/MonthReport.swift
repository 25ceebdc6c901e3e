package import Kernel

/// A month of a village's exchange, good by good. 兑换月报
package struct MonthReport: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package let good: ID<Good>
        package let name: String
        package let nameEn: String
        /// On the shelf when the month began.
        package let opening: Int
        package let delivered: Int
        package let redeemed: Int
        /// Put back by cancelled and returned redemptions.
        package let putBack: Int
        package let lost: Int
        /// What counting added or took away.
        package let counted: Int
        package let points: Int
        /// Points given back.
        package let refunded: Int

        /// On the shelf when the month ended.
        package var closing: Int { opening + delivered - redeemed + putBack - lost + counted }
    }

    package let from: Day
    package let to: Day
    package let lines: [Line]
    /// How many households redeemed anything that stands.
    package let households: Int
    /// How many times.
    package let redemptions: Int

    package var points: Int { lines.reduce(0) { $0 + $1.points } }
    package var refunded: Int { lines.reduce(0) { $0 + $1.refunded } }
}
