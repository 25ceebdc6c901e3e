import Directory
import Identity
import Kernel
import Storage

/// Serves the sales of one batch in one transaction. A sale that is refused has written nothing.
struct ServeSales: Sendable {
    let desk: PointsDesk

    func callAsFunction(_ orders: [SaleOrder]) async -> [Result<Redemption, any Error>] {
        do {
            return try await serve(orders)
        } catch {
            // Nobody who waits now would fare better.
            guard !Self.isOutage(error) else { return orders.map { _ in .failure(error) } }
            // One of them broke the transaction of all, such as a sale that another process was just making: each on its own, once more.
            var outcomes: [Result<Redemption, any Error>] = []
            for order in orders {
                do { outcomes += try await serve([order]) } catch { outcomes.append(.failure(error)) }
            }
            return outcomes
        }
    }

    /// - Throws: what breaks the transaction of all.
    private func serve(_ orders: [SaleOrder]) async throws -> [Result<Redemption, any Error>] {
        let desk = desk
        return try await desk.database.write { tx in
            var shelves: [ID<Town>: Shelf] = [:]
            var outcomes: [Result<Redemption, any Error>] = []
            for (town, orders) in Dictionary(grouping: orders, by: \.principal.town) {
                shelves[town] = try Shelf(tx, town, orders)
            }
            for order in orders {
                do {
                    guard let redemption = try shelves[order.principal.town]?.sell(order, desk) else { throw NotFound() }
                    outcomes.append(.success(redemption))
                } catch let error where Self.isRefusal(error) {
                    outcomes.append(.failure(error))
                }
            }
            for shelf in shelves.values { try shelf.settle() }
            return outcomes
        }
    }

    /// Whether the database is out of reach or too busy for everybody.
    private static func isOutage(_ error: any Error) -> Bool {
        switch error {
        case StorageError.unavailable, StorageError.serializationFailure: true
        default: false
        }
    }

    /// Whether `error` concerns one sale alone.
    private static func isRefusal(_ error: any Error) -> Bool {
        error is Conflict || error is NotFound || error is Invalid || error is Forbidden
    }
}
