import Directory
import Identity
import Kernel
import Storage
import Web

/// What everybody may see of a village's points, and what residents see of their own.
struct OpenRoutes: Sendable {
    let desk: PointsDesk
    let books: OpenBooksCache

    var routes: [Route] {
        [
            Route(.get, "/places/{grid}/points", .anyone, handle: open),
            Route(.get, PointsPath.mine, .holder(.beResident), handle: mine),
            Route(.get, "/door/{card}", .anyone, perMinute: 60, handle: door),
        ]
    }

    private func open(_ call: Call) async throws -> Answer {
        call.page(OpenBooksPage(call, try await books.read(try call.id("grid"), town: call.town, desk)))
    }

    private func mine(_ call: Call) async throws -> Answer {
        let asked = call.query["household"]
        if let asked, ID<Household>(asked) == nil { throw NotFound() }
        let cursor = call.query["after"].flatMap { EntryCursor($0) }
        let sight = try await ReadWallet(desk: desk).mine(
            asked.flatMap { ID($0) }, after: cursor, by: try call.signedIn())
        guard let sight else { return call.page(NoWalletPage()) }
        return call.page(WalletPage(call, sight, isOffice: false))
    }

    /// Where the QR at a door leads: the staff to the household's wallet, its own people to theirs, anybody else to the village's
    /// open books. It tells nobody whose door it is.
    private func door(_ call: Call) async throws -> Answer {
        guard let card = PublicNumber(call.parameters["card"] ?? "") else { throw NotFound() }
        let (town, desk, principal) = (call.town, desk, call.principal)
        let path = try await desk.database.read { tx in
            guard let wallet = try WalletStore(tx, town: town).find(card: card) else { throw NotFound() }
            let door = try desk.door(wallet.household, in: .town, tx, town)
            if let scope = principal?.grants[.readPoints], try desk.tree(tx, town).isIn(scope, door.grid) {
                return PointsPath.wallet(wallet.household)
            }
            if principal?.may(.beResident) == true, let person = principal?.person,
                try DoorStore(tx, town: town).lives(person, in: wallet.household, on: desk.today)
            {
                return "\(PointsPath.mine)?household=\(wallet.household)"
            }
            return PointsPath.open(wallet.village)
        }
        return .seeOther(path)
    }
}

/// For somebody who lives in no village with points.
struct NoWalletPage: Page {
    static let template = "points-none"
}
