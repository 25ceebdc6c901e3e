import Directory
import Identity
import Kernel
import Storage

/// What one batch of a town sells: goods with the stock that the sales so far have left.
struct Shelf {
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
