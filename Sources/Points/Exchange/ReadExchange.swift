import Directory
import Identity
import Kernel
import Storage

/// What a till shows: the village's goods, the household whose card lies there, and what happened today.
struct CounterSight: Sendable {
    let villages: [Grid]
    let village: Grid?
    let goods: [Good]
    let customer: Customer?
    let today: [Redemption]
    let names: [ID<Good>: Good]
    let addresses: [ID<Household>: String]

    struct Customer: Sendable {
        let door: Door
        let wallet: Wallet
        let latest: [Redemption]
    }
}

/// One redemption with what its receipt names.
struct RedemptionSight: Sendable {
    let redemption: Redemption
    let good: Good
    let door: Door
    let wallet: Wallet
}

/// Reads the exchange for its tills and for households.
struct ReadExchange: Sendable {
    let desk: PointsDesk

    /// - Parameter card: whose card lies at the till; its village is shown whatever was asked for.
    /// - Throws: ``NotFound`` for a village out of reach; ``Invalid`` at `/card` for a card that opens nothing there.
    func counter(_ asked: String?, card: PublicNumber?, by principal: Principal) async throws -> CounterSight {
        let scope = try principal.scope(for: .sellPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            let markets = try desk.markets(in: scope, tx, town)
            var village = try desk.market(asked: asked, in: scope, tx, town)
            var customer: CounterSight.Customer?
            if let card {
                guard let wallet = try WalletStore(tx, town: town).find(card: card),
                    let door = try DoorStore(tx, town: town).find(wallet.household),
                    let home = markets.first(where: { $0.id == wallet.village })
                else { throw Invalid("/card", "card-unknown") }
                village = home
                customer = .init(
                    door: door, wallet: wallet,
                    latest: try RedemptionStore(tx, town: town).redemptions(of: wallet.household, limit: 3))
            }
            guard let village else {
                return CounterSight(
                    villages: markets, village: nil, goods: [], customer: nil, today: [], names: [:], addresses: [:])
            }
            let goods = try GoodStore(tx, town: town).goods(of: village.id)
            let today = try RedemptionStore(tx, town: town).redemptions(in: village.id, on: desk.today, limit: 20)
            return CounterSight(
                villages: markets, village: village, goods: goods, customer: customer, today: today,
                names: Dictionary(goods.map { ($0.id, $0) }) { first, _ in first },
                addresses: try DoorStore(tx, town: town).addresses(of: Set(today.map(\.household))))
        }
    }

    /// - Throws: ``NotFound`` out of reach.
    func redemption(_ id: ID<Redemption>, by principal: Principal) async throws -> RedemptionSight {
        let scope = try principal.scope(for: .sellPoints)
        return try await desk.database.read { tx in
            let town = principal.town
            guard let redemption = try RedemptionStore(tx, town: town).find(id, in: scope),
                let good = try GoodStore(tx, town: town).find(redemption.good, in: scope),
                let door = try DoorStore(tx, town: town).find(redemption.household),
                let wallet = try WalletStore(tx, town: town).find(redemption.household)
            else { throw NotFound() }
            return RedemptionSight(redemption: redemption, good: good, door: door, wallet: wallet)
        }
    }

    /// The shelf of a village with how each good's stock moved lately.
    /// - Throws: ``NotFound`` for a village out of reach.
    func shelf(_ asked: String?, by principal: Principal) async throws -> (villages: [Grid], village: Grid?, goods: [Good]) {
        let scope = try principal.scope(for: .keepExchange)
        return try await desk.database.read { tx in
            let village = try desk.market(asked: asked, in: scope, tx, principal.town)
            let goods = try village.map { try GoodStore(tx, town: principal.town).goods(of: $0.id) } ?? []
            return (try desk.markets(in: scope, tx, principal.town), village, goods)
        }
    }

    /// - Throws: ``NotFound`` out of reach.
    func good(_ id: ID<Good>, by principal: Principal) async throws -> (good: Good, movements: [StockMovement]) {
        let scope = try principal.scope(for: .keepExchange)
        return try await desk.database.read { tx in
            let store = GoodStore(tx, town: principal.town)
            guard let good = try store.find(id, in: scope) else { throw NotFound() }
            return (good, try store.movements(of: id, limit: 20))
        }
    }

    /// What the households of a person can redeem: their village's goods, each household's balance.
    func mine(by principal: Principal) async throws -> [(door: Door, balance: Int, goods: [Good], latest: [Redemption])] {
        _ = try principal.scope(for: .beResident)
        guard let person = principal.person else { return [] }
        return try await desk.database.read { tx in
            let town = principal.town
            let villages = VillageStore(tx, town: town)
            return try DoorStore(tx, town: town).doors(of: person, on: desk.today).filter {
                try villages.isOn(.points, in: $0.village)
            }.map { door in
                (
                    door, try WalletStore(tx, town: town).find(door.household)?.balance ?? 0,
                    try GoodStore(tx, town: town).goods(of: door.village).filter(\.isOffered),
                    try RedemptionStore(tx, town: town).redemptions(of: door.household, limit: 10)
                )
            }
        }
    }
}
