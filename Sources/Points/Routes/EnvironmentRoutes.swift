import Directory
import Identity
import Kernel
import Storage
import Web

/// Environment days: planning, confirming, areas, signing up, attendance.
struct EnvironmentRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        let day = "/office/points/environment-days/{environment}"
        return [
            Route(.get, "/office/points/{village}/environment-days", .holder(.readPoints)) { try await list($0) },
            Route(.post, "/office/points/{village}/environment-days", .holder(.managePoints), bodyLimit: 16_384, handle: plan),
            Route(.get, day, .holder(.readPoints)) { try await show($0) },
            Route(.post, day, .holder(.managePoints), bodyLimit: 16_384, handle: confirm),
            Route(.post, "\(day)/areas", .holder(.managePoints), bodyLimit: 16_384, handle: addArea),
            Route(.post, "\(day)/attendance", .holder(.managePoints), bodyLimit: 1 << 19, handle: hold),
            Route(
                .post, "/points/environment-days/{day}/sign-ups", .holder(.beResident), bodyLimit: 16_384, handle: signUp),
            Route(
                .post, "\(day)/sign-ups/{household}", .holder(.awardPoints), bodyLimit: 16_384,
                handle: signUpFor),
        ]
    }

    private func list(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let principal = try call.signedIn()
        let (desk, id, scope) = (desk, try call.id("village", of: GridNode.self), try principal.scope(for: .readPoints))
        let (grid, days, mayManage) = try await desk.database.read { tx in
            let grid = try desk.villageAround(id, of: scope, tx, principal.town)
            let tree = try desk.tree(tx, principal.town)
            return (
                grid, try EnvironmentDayStore(tx, town: principal.town).days(of: id),
                principal.grants[.managePoints].map { tree.isIn($0, id) } ?? false
            )
        }
        return call.page(EnvironmentPage(call, grid, days, mayManage: mayManage, faults: faults), status: status)
    }

    private func plan(_ call: Call) async throws -> Answer {
        do {
            guard let month = MonthKey(call.form["month"] ?? "") else { throw Invalid("/month", "not-a-choice") }
            let day = try await PlanEnvironmentDay(desk)(
                month, of: try call.id("village"), by: try call.signedIn(), request: call.clientID())
            return call.done(PointsPath.environmentDay(day.id), flash: "points.flash.planned")
        } catch let invalid as Invalid {
            return try await list(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await list(call, [Fault("/month", conflict.reason)], status: 409)
        }
    }

    private func show(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let principal = try call.signedIn()
        let (desk, scope) = (desk, try principal.scope(for: .readPoints))
        let id: ID<EnvironmentDay> = try call.id("environment")
        let sight = try await desk.database.read { tx in
            let store = EnvironmentDayStore(tx, town: principal.town)
            guard let day = try store.find(id) else { throw NotFound() }
            let village = try desk.villageAround(day.village, of: scope, tx, principal.town)
            let tree = try desk.tree(tx, principal.town)
            let signups = try store.signups(of: id)
            return EnvironmentSight(
                day: day, village: village, tree: tree, areas: try store.areas(of: id), signups: signups,
                addresses: try DoorStore(tx, town: principal.town).addresses(of: Set(signups.map(\.household))),
                mayManage: principal.grants[.managePoints].map { tree.isIn($0, village.id) } ?? false)
        }
        return call.page(EnvironmentDayPage(call, sight, faults: faults), status: status)
    }

    private func attempt(
        _ call: Call, flash: String, _ act: (ID<EnvironmentDay>, Principal) async throws -> Void
    ) async throws -> Answer {
        let id: ID<EnvironmentDay> = try call.id("environment")
        do {
            try await act(id, try call.signedIn())
            return call.done(PointsPath.environmentDay(id), flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/date", conflict.reason)], status: 409)
        }
    }

    private func confirm(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.confirmed") { id, principal in
            guard let date = Day(call.form["date"]?.trimmed ?? "") else { throw Invalid("/date", "not-a-date") }
            try await ConfirmEnvironmentDay(desk)(id, on: date, by: principal, request: call.clientID())
        }
    }

    private func addArea(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.saved") { id, principal in
            guard let grid = ID<GridNode>(call.form["grid"] ?? "") else { throw Invalid("/grid", "not-a-choice") }
            try await AddEnvironmentArea(desk)(
                id, grid: grid, words: call.form["words"] ?? "", by: principal, request: call.clientID())
        }
    }

    private func hold(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.held") { id, principal in
            try await RecordAttendance(desk)(
                id, came: Set(call.form.all("came").compactMap { ID($0) }), by: principal, request: call.clientID())
        }
    }

    // MARK: Signing up

    private func signUp(_ call: Call) async throws -> Answer {
        try await SignUpForEnvironmentDay(desk).own(
            try call.id("day"), area: ID(call.form["area"] ?? ""), by: try call.signedIn(), request: call.clientID())
        return call.done(PointsPath.mine, flash: "points.flash.signed-up")
    }

    private func signUpFor(_ call: Call) async throws -> Answer {
        let household: ID<Household> = try call.id("household")
        try await SignUpForEnvironmentDay(desk).onBehalf(
            try call.id("environment"), household: household, area: ID(call.form["area"] ?? ""), by: try call.signedIn(),
            request: call.clientID())
        return call.done(PointsPath.wallet(household), flash: "points.flash.signed-up")
    }
}
