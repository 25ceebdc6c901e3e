import Delivery
import Directory
import Foundation
import Identity
import Kernel
import Points
import Storage
import StoragePostgres
import StorageSQLite

/// jinlin-bench-exchange sqlite|postgres FILE|URL SECONDS: how many redemptions a second of one popular good many tills get through,
/// each durable when it is answered, and whether the stock is exact afterwards. Prints one JSON line for every number of tills.
@main
struct Benchmarks {
    private struct Result: Encodable {
        let tills: Int
        let redemptions: Int
        let perSecond: Int
        let refused: Int
        let stock: Int
        let expected: Int
        let isProven: Bool
    }

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3, let place = arguments.dropFirst().first, let seconds = arguments.last.flatMap(Double.init)
        else {
            fatalError("jinlin-bench-exchange sqlite|postgres FILE|URL SECONDS")
        }
        let database: any Database =
            arguments.first == "sqlite" ? try SQLiteDatabase(path: place) : PostgresDatabase(url: place)
        let migrations = DeliveryMigrations.all + IdentityMigrations.all + DirectoryMigrations.all + PointsRoom.migrations
        _ = try await database.apply(migrations, at: Ambient.system.now()) { $0 }
        let stall = try await Stall(database, households: 2000)
        let redeem = RedeemPoints(stall.desk)
        var sold = 0
        for tills in [1, 16, 64, 256] {
            let outcome = try await load(stall, redeem, tills: tills, seconds: seconds)
            sold += outcome.done
            let (stock, isProven) = try await stall.count()
            let result = Result(
                tills: tills, redemptions: outcome.done, perSecond: Int(Double(outcome.done) / outcome.seconds),
                refused: outcome.refused,
                stock: stock, expected: Stall.stock - sold, isProven: isProven)
            print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
        }
        await database.close()
    }

    /// Every till sells one piece after the other until the time is up.
    private static func load(
        _ stall: Stall, _ redeem: RedeemPoints, tills: Int, seconds: Double
    ) async throws -> (done: Int, refused: Int, seconds: Double) {
        let clock = ContinuousClock()
        let begun = clock.now
        let end = begun + .seconds(seconds)
        let (done, refused) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for till in 0..<tills {
                group.addTask {
                    var (done, refused, turn) = (0, 0, till)
                    while clock.now < end {
                        let order = SaleOrder(
                            id: Ambient.system.newID(), good: stall.good.id, card: stall.cards[turn % stall.cards.count],
                            by: stall.seller)
                        do {
                            _ = try await redeem(order)
                            done += 1
                        } catch is Conflict {
                            refused += 1
                        }
                        turn += tills
                    }
                    return (done, refused)
                }
            }
            return try await group.reduce(into: (0, 0)) { all, some in all = (all.0 + some.0, all.1 + some.1) }
        }
        let span = begun.duration(to: clock.now).components
        return (done, refused, Double(span.seconds) + Double(span.attoseconds) / 1e18)
    }
}
