package import Kernel
import Storage

/// Lets points lapse whose last day has passed unspent, a few hundred households at a time. 积分到期
package struct ExpirePoints: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    private static let atOnce = 200

    /// - Returns: how many households lost points.
    @discardableResult
    package func callAsFunction(_ town: ID<Town>) async throws -> Int {
        let (desk, today) = (desk, desk.today)
        var count = 0
        while true {
            let done = try await desk.database.write { tx in
                let ledger = PointsLedger(tx, town: town, by: nil, ambient: desk.ambient)
                let lapsed = try LedgerStore(tx, town: town).lapsed(before: today, limit: Self.atOnce)
                for wallet in lapsed {
                    let points = LedgerRules.lapsing(
                        due: wallet.due, gone: wallet.gone, balance: try ledger.balance(of: wallet.household))
                    guard points > 0 else { continue }
                    _ = try ledger.transfer(
                        Transfer(
                            id: desk.ambient.newID(), household: wallet.household, from: .household, to: .expired, points: points,
                            day: today, cause: .expiry))
                }
                return lapsed.count
            }
            count += done
            if done < Self.atOnce { return count }
        }
    }
}
