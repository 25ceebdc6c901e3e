import Directory
import Identity
import Kernel
import Storage

/// Redeems goods for points at a counter. 兑换
///
/// Sales that wait at the same moment are served in one transaction (``Counter``); each is decided on what the ones before it left.
package struct RedeemPoints: Sendable {
    private let counter: Counter<SaleOrder, Redemption>

    package init(_ desk: PointsDesk) {
        counter = Counter { orders in await ServeSales(desk: desk)(orders) }
    }

    /// - Throws: ``Forbidden`` without the permission, ``NotFound`` out of reach or for a card that opens nothing, ``Invalid``, ``Conflict``
    ///   `not-offered`, `sold-out`, `balance-too-low`, `other-village` or `request-reused`.
    /// - Returns: the redemption; after a retry the one that was made first.
    package func callAsFunction(_ order: SaleOrder) async throws -> Redemption {
        _ = try order.principal.scope(for: .sellPoints)
        guard (1...Redemption.countLimit).contains(order.count) else {
            throw Invalid("/count", "sale-count", ["limit": String(Redemption.countLimit)])
        }
        return try await counter(order)
    }
}

/// Serves the sales of one batch in one transaction. A sale that is refused has written nothing.
struct ServeSales: Sendable {
    let desk: PointsDesk

    func callAsFunction(_ orders: [SaleOrder]) async -> [Result<Redemption, any Error>] {
        do {
            return try await serve(orders)
        } catch {
            guard orders.count > 1 else { return [.failure(error)] }
            // One of them broke the transaction of all, such as a number that was taken: each on its own.
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

    /// Whether `error` concerns one sale alone.
    private static func isRefusal(_ error: any Error) -> Bool {
        error is Conflict || error is NotFound || error is Invalid || error is Forbidden
    }
}

/// What one batch of a town sells: goods with the stock that the sales so far have left.
private struct Shelf {
    private let tx: any Transaction
    private let town: ID<Town>
    private var known: [ID<Redemption>: Redemption]
    private var goods: [ID<Good>: Good] = [:]
    private var sold: [ID<Good>: Int] = [:]
    /// Which goods which reach opens; asked once.
    private var reached: [Reach: Bool] = [:]

    private struct Reach: Hashable {
        let good: ID<Good>
        let scope: Scope
    }

    init(_ tx: any Transaction, _ town: ID<Town>, _ orders: [SaleOrder]) throws {
        self.tx = tx
        self.town = town
        known = try RedemptionStore(tx, town: town).known(orders.map(\.id))
    }

    mutating func sell(_ order: SaleOrder, _ desk: PointsDesk) throws -> Redemption {
        let scope = try order.principal.scope(for: .sellPoints)
        let good = try good(order.good, scope)
        guard let wallet = try WalletStore(tx, town: town).find(card: order.card) else { throw NotFound() }
        if let known = known[order.id] {
            guard known.good == order.good, known.count == order.count, known.household == wallet.household else {
                throw Conflict("request-reused")
            }
            return known
        }
        guard wallet.village == good.village else { throw Conflict("other-village") }
        let left = good.stock - sold[good.id, default: 0]
        try ExchangeRules.check(order.count, of: good, stock: left, balance: wallet.balance)
        let entry = try PointsLedger(tx, town: town, by: order.principal, ambient: desk.ambient).transfer(
            Transfer(
                id: ID(order.id.uuid), household: wallet.household, from: .household, to: .exchange,
                points: good.price * order.count,
                day: desk.today, cause: .redemption, causeID: ID(order.id.uuid), note: good.nameZh))
        sold[good.id, default: 0] += order.count
        let redemption = Redemption(
            id: order.id, village: good.village, number: PublicNumber(random: desk.ambient.random()), household: wallet.household,
            good: good.id, count: order.count, price: good.price, at: entry.at, account: order.principal.account,
            post: order.principal.post, stage: .done, reason: "", endedAt: nil)
        try RedemptionStore(tx, town: town).enqueue(redemption)
        try AuditTrail(tx).record(
            "points.redeem", by: order.principal, town: town, subject: redemption.id.description,
            detail: ["good": good.id.description, "count": String(order.count), "points": String(redemption.points)],
            address: order.address, ambient: desk.ambient)
        known[order.id] = redemption
        return redemption
    }

    private mutating func good(_ id: ID<Good>, _ scope: Scope) throws -> Good {
        let reach = Reach(good: id, scope: scope)
        if reached[reach] == nil {
            let found = try GoodStore(tx, town: town).find(id, in: scope)
            reached[reach] = found != nil
            if goods[id] == nil { goods[id] = found }
        }
        guard reached[reach] == true, let good = goods[id] else { throw NotFound() }
        return good
    }

    /// Takes what was sold off the shelf.
    func settle() throws {
        for (good, count) in sold.sorted(by: { $0.key < $1.key }) {
            // On a snapshot of its own nobody else can have taken any: a refusal means that the snapshot is lost.
            guard try GoodStore(tx, town: town).move(good, by: -count) else { throw StorageError.serializationFailure }
        }
    }
}
