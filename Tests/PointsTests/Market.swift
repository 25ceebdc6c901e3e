import Directory
import Kernel
import Storage
import TestSupport

@testable import Points

/// The scene with a shelf of goods, somebody at the till and households with points.
struct Market: Sendable {
    let scene: Scene
    let redeem: RedeemPoints
    let seller: Principal
    let keeper: Principal

    static func run(_ engine: Engine, households: Int = 4, _ body: (Market) async throws -> Void) async throws {
        try await Scene.run(engine, households: households) { scene in
            // Whoever serves has a part of the village only.
            let seller = scene.person(.gridWorker, [scene.grids[1]])
            try await body(
                Market(
                    scene: scene, redeem: RedeemPoints(scene.desk), seller: seller,
                    keeper: scene.person(.gridChief, [scene.village])))
        }
    }

    /// A good with so many on the shelf.
    func good(_ name: String = "大米 5 斤", price: Int = 50, stock: Int, in village: ID<GridNode>? = nil) async throws -> Good {
        let good = try await KeepGoods(scene.desk).add(
            GoodDraft(nameZh: name, price: String(price)), to: village ?? scene.village, by: keeper,
            request: scene.ambient.newID())
        guard stock > 0 else { return good }
        return try await KeepStock(scene.desk).move(
            good.id, .delivery, count: String(stock), note: "镇供销社", by: keeper, request: scene.ambient.newID())
    }

    /// The card of a household that has so many points.
    func card(_ household: ID<Household>, points: Int) async throws -> PublicNumber {
        let (today, ambient) = (scene.today, scene.ambient)
        return try await scene.write { ledger, tx in
            for part in stride(from: 0, to: points, by: LedgerRules.limit) {
                _ = try ledger.transfer(
                    Transfer(
                        id: ambient.newID(), household: household, from: .issued, to: .household,
                        points: min(points - part, LedgerRules.limit), day: today, cause: .award))
            }
            guard let door = try DoorStore(tx, town: scene.town).find(household) else { throw NotFound() }
            return try ledger.open(door).card
        }
    }

    func order(_ good: Good, _ card: PublicNumber, count: Int = 1, id: ID<Redemption>? = nil, by principal: Principal? = nil)
        -> SaleOrder
    {
        SaleOrder(id: id ?? scene.ambient.newID(), good: good.id, count: count, card: card, by: principal ?? seller)
    }

    func stock(_ good: Good) async throws -> Int {
        let (town, id) = (scene.town, good.id)
        return try await scene.database.read { try GoodStore($0, town: town).find(id, in: .town)?.stock ?? -1 }
    }

    /// Nothing of what the books say contradicts itself.
    func isProven() async throws -> Bool {
        let town = scene.town
        let (wallets, goods) = try await scene.database.read { tx in
            (try LedgerProofStore(tx, town: town).wrongWallets().count, try GoodStore(tx, town: town).miscounted().count)
        }
        let sum = try await scene.totals().sum
        return wallets == 0 && goods == 0 && sum == 0
    }
}

/// The reason of the refusal that `work` ends with; nil when it succeeds or fails otherwise.
func refusal(_ work: () async throws -> Void) async -> String? {
    do {
        try await work()
        return nil
    } catch let conflict as Conflict {
        return conflict.reason
    } catch let forbidden as Forbidden {
        return forbidden.reason
    } catch is NotFound {
        return "not-found"
    } catch let invalid as Invalid {
        return invalid.faults.map { "\($0.pointer) \($0.code)" }.joined(separator: ", ")
    } catch {
        return "\(error)"
    }
}
