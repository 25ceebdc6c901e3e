import Directory
import Kernel
import Media
import Storage
import Web

/// Households' cards: to be printed, and to be replaced when one is lost.
struct CardRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(.get, ExchangePath.cards, .holder(.keepExchange)) { call in try await cards(call) },
            Route(.post, ExchangePath.renewal, .holder(.keepExchange), bodyLimit: 16_384, handle: renew),
        ]
    }

    /// Cards on one sheet of paper.
    private static let perPage = 24

    private func cards(_ call: Call, faults: [Fault] = []) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .keepExchange)
        let (asked, part, after) = (call.query["village"], call.query["grid"], ID<Household>(call.query["after"] ?? ""))
        // A wallet that is not there yet is made, because its number is printed.
        let sheet = try await desk.database.write { tx -> CardSheet in
            let tree = try desk.tree(tx, principal.town)
            let villages = try desk.markets(in: scope, tx, principal.town)
            guard let village = try desk.market(asked: asked, in: scope, tx, principal.town) else {
                return CardSheet(villages: villages, village: nil, grids: [], grid: nil, cards: [], next: nil)
            }
            let grids = tree.descendants(of: village.id).filter { $0.level == .two && tree.isIn(scope, $0.id) }
            let grid = grids.first { $0.id.description == part } ?? grids.first ?? village
            let doors = try DoorStore(tx, town: principal.town).find(
                "", under: grid.id, in: scope, on: desk.today, after: after, limit: Self.perPage + 1)
            let ledger = PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient)
            let cards = try doors.prefix(Self.perPage).map { ($0, try ledger.open($0)) }
            return CardSheet(
                villages: villages, village: village, grids: grids, grid: grid, cards: cards,
                next: doors.count > Self.perPage ? doors[Self.perPage - 1].household : nil)
        }
        return call.page(CardsPage(call, sheet, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func renew(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let typed = call.form["card"] ?? ""
        do {
            guard let card = PublicNumber(card: typed) else { throw Invalid("/card", "card-wrong") }
            let found = try await desk.database.read { try WalletStore($0, town: principal.town).find(card: card)?.household }
            guard let household = found else { throw Invalid("/card", "card-unknown") }
            _ = try await RenewCard(desk)(household, reason: call.form["reason"] ?? "", by: principal, request: call.clientID())
            return call.done(PointsPath.wallet(household), flash: "points.exchange.flash.renewed")
        } catch let invalid as Invalid {
            return try await cards(call, faults: invalid.faults)
        } catch is NotFound {
            return try await cards(call, faults: [Fault("/card", "card-unknown")])
        }
    }
}

/// What a sheet of cards shows.
struct CardSheet: Sendable {
    let villages: [Grid]
    let village: Grid?
    let grids: [Grid]
    let grid: Grid?
    let cards: [(Door, Wallet)]
    /// The household after which the next sheet begins.
    let next: ID<Household>?
}
