package import Kernel

/// What may be redeemed, and what may be undone. Pure.
package enum ExchangeRules {
    /// - Parameters:
    ///   - stock: how many there are at this moment, after the sales before this one.
    ///   - balance: what the household has at this moment.
    /// - Throws: ``Invalid`` `sale-count` for a count not from 1 to ``Redemption/countLimit``; ``Conflict`` `not-offered`, `sold-out`
    ///   or `balance-too-low`.
    package static func check(_ count: Int, of good: Good, stock: Int, balance: Int) throws {
        guard (1...Redemption.countLimit).contains(count) else {
            throw Invalid("/count", "sale-count", ["limit": String(Redemption.countLimit)])
        }
        guard good.isOffered else { throw Conflict("not-offered") }
        guard stock >= count else { throw Conflict("sold-out") }
        guard balance >= good.price * count else { throw Conflict("balance-too-low") }
    }

    /// How many of a good a household can take at most.
    package static func most(of good: Good, balance: Int) -> Int {
        guard good.isOffered, good.price > 0 else { return 0 }
        return max(0, min(Redemption.countLimit, good.stock, balance / good.price))
    }

    /// Goods can be brought back for so many days after the day they were taken.
    package static let returnDays = 7

    /// - Throws: ``Conflict`` `already-undone`, `cancel-same-day` for a slip found on a later day, `return-too-late` after ``returnDays``.
    package static func checkUndoing(
        _ redemption: Redemption, as stage: Redemption.Stage, on day: Day, takenOn taken: Day
    ) throws(Conflict) {
        guard redemption.stage == .done else { throw Conflict("already-undone") }
        switch stage {
        case .cancelled where day != taken: throw Conflict("cancel-same-day")
        case .returned where day > taken.adding(days: returnDays): throw Conflict("return-too-late")
        default: return
        }
    }
}
