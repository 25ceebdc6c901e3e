import Directory
import Exports
import Kernel
import Storage
import Web

/// The office's page of a village, and what is decided on it.
struct VillageRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(.get, "/office/points/{village}", .holder(.readPoints)) { try await show($0) },
            Route(.post, "/office/points/{village}/rounds", .holder(.managePoints), bodyLimit: 16_384, handle: openRound),
            Route(.post, "/office/points/{village}/scheme", .holder(.managePoints), bodyLimit: 16_384, handle: setScheme),
            Route(.post, "/office/points/{village}/months", .holder(.managePoints), bodyLimit: 16_384, handle: closeMonth),
            Route(.post, "/office/points/{village}/flags", .holder(.managePoints), bodyLimit: 16_384, handle: returnFlag),
            Route(.get, "/office/points/{village}/households", .holder(.readPoints), handle: households),
        ]
    }

    private func show(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadVillage(desk: desk)(try call.id("village"), by: try call.signedIn())
        return call.page(VillagePage(call, sight, faults: faults), status: status)
    }

    /// Runs `act`; what it refuses is told on the village's page, at the head of the form named `field`.
    private func attempt(
        _ call: Call, at field: String, then path: String, flash: String, _ act: (ID<GridNode>, Principal) async throws -> Void
    ) async throws -> Answer {
        do {
            try await act(try call.id("village"), try call.signedIn())
            return call.done(path, flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/\(field)", conflict.reason)], status: 409)
        }
    }

    private func openRound(_ call: Call) async throws -> Answer {
        let request: ID<PointsEvent> = call.clientID()
        let path = PointsPath.round(ID(request.uuid))
        return try await attempt(call, at: "week", then: path, flash: "points.flash.round-open") { village, principal in
            guard let day = Day(call.form["week"]?.trimmed ?? "") else { throw Invalid("/week", "not-a-date") }
            try await OpenRound(desk)(village, week: day, by: principal, request: request)
        }
    }

    private func setScheme(_ call: Call) async throws -> Answer {
        let village: ID<GridNode> = try call.id("village")
        return try await attempt(call, at: "scheme", then: PointsPath.village(village), flash: "points.flash.saved") {
            village, principal in
            var (scheme, validation) = (PointsScheme(), Validation())
            let (models, notice) = (Int(call.form["models"]?.trimmed ?? ""), Int(call.form["notice"]?.trimmed ?? ""))
            validation.check(models != nil, at: "/models", "not-a-number")
            validation.check(notice != nil, at: "/notice", "not-a-number")
            try validation.finish()
            scheme.draw = DrawMethod(rawValue: call.form["draw"] ?? "") ?? .rotation
            scheme.flagScope = FlagScope(rawValue: call.form["flag"] ?? "") ?? .perGrid
            scheme.modelsPerGrid = models ?? 0
            scheme.noticeDays = notice ?? 0
            try await SetScheme(desk)(scheme, of: village, by: principal, request: call.clientID())
        }
    }

    private func closeMonth(_ call: Call) async throws -> Answer {
        let village: ID<GridNode> = try call.id("village")
        return try await attempt(call, at: "month", then: PointsPath.village(village), flash: "points.flash.month-closed") {
            village, principal in
            guard let month = MonthKey(call.form["month"]?.trimmed ?? "") else { throw Invalid("/month", "not-a-date") }
            try await CloseMonth(desk)(month, of: village, by: principal, request: call.clientID())
        }
    }

    private func returnFlag(_ call: Call) async throws -> Answer {
        let village: ID<GridNode> = try call.id("village")
        return try await attempt(call, at: "flags", then: PointsPath.village(village), flash: "points.flash.flag-returned") {
            _, principal in
            guard let month = ID<PointsMonth>(call.form["month"] ?? ""), let grid = ID<GridNode>(call.form["grid"] ?? "") else {
                throw Invalid("/flags", "not-a-choice")
            }
            try await ReturnFlag(desk)(month, grid: grid, by: principal, request: call.clientID())
        }
    }

    /// The households within one's grids, by address, a page at a time.
    private func households(_ call: Call) async throws -> Answer {
        let principal = try call.signedIn()
        let (village, scope): (ID<GridNode>, Scope) = (try call.id("village"), try principal.scope(for: .readPoints))
        let (desk, town) = (desk, call.town)
        let text = String((call.query["text"] ?? "").trimmed.prefix(60))
        let after = call.query["after"].flatMap { ID<Household>($0) }
        let (grid, doors, balances) = try await desk.database.read { tx in
            let grid = try desk.villageAround(village, of: scope, tx, town)
            let doors = try DoorStore(tx, town: town).find(
                text, under: village, in: scope, on: desk.today, after: after, limit: HouseholdsPage.limit + 1)
            return (grid, doors, try WalletStore(tx, town: town).balances(among: doors.map(\.household)))
        }
        return call.page(HouseholdsPage(call, grid, doors, balances, text: text, isFirst: after == nil))
    }
}

/// Households and their balances, in the order of their addresses and in no other: nobody is ranked.
struct HouseholdsPage: Page {
    static let template = "points-households"
    static let limit = 50

    struct Line: Sendable {
        let href: String
        let address: String
        let balance: String
    }
    let village: String
    let villageHref: String
    let action: String
    let text: String
    let lines: [Line]
    let older: String?
    let newest: String?
    let export: String

    init(
        _ call: Call, _ grid: Grid, _ doors: [Door], _ balances: [ID<Household>: Int], text: String, isFirst: Bool
    ) {
        village = grid.name(in: call.language)
        villageHref = PointsPath.village(grid.id)
        let path = "\(PointsPath.village(grid.id))/households"
        action = path
        export = ExportsRoom.path(BalanceList.name, [("village", grid.id.description), ("text", text)])
        self.text = text
        let wording = Wording(call: call)
        lines = doors.prefix(Self.limit).map {
            Line(
                href: PointsPath.wallet($0.household), address: $0.address,
                balance: wording.plain(balances[$0.household, default: 0]))
        }
        let more = doors.count > Self.limit ? doors[Self.limit - 1].household.description : nil
        older = more.map { "\(path)?\(Form.query([("text", text), ("after", $0)]))" }
        newest = isFirst ? nil : "\(path)?\(Form.query([("text", text)]))"
    }
}
