import Directory
import Kernel
import Storage
import Web

/// The staff's view of a household's wallet: awarding and taking back.
struct WalletRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(.get, "/office/points/households/{household}", .holder(.readPoints)) { try await show($0) },
            Route(.post, "/office/points/households/{household}", .holder(.awardPoints), bodyLimit: 16_384, handle: award),
            Route(
                .post, "/office/points/households/{household}/corrections", .holder(.awardPoints), bodyLimit: 16_384,
                handle: takeBack),
        ]
    }

    private func show(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let cursor = call.query["after"].flatMap { EntryCursor($0) }
        let sight = try await ReadWallet(desk: desk)(try call.id("household"), after: cursor, by: try call.signedIn())
        return call.page(WalletPage(call, sight, isOffice: true, faults: faults), status: status)
    }

    private func award(_ call: Call) async throws -> Answer {
        let household: ID<Household> = try call.id("household")
        do {
            guard let day = Day(call.form["day"]?.trimmed ?? "") else { throw Invalid("/day", "not-a-date") }
            let posting = Posting(
                id: call.clientID(), household: household, rule: call.form["rule"] ?? "", day: day, cause: .award,
                note: call.form["note"] ?? "")
            let posted = try await AwardPoints(desk)(posting, by: try call.signedIn())
            let isCut = posted.limitedBy != nil
            return call.done(PointsPath.wallet(household), flash: isCut ? "points.flash.awarded-capped" : "points.flash.awarded")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/rule", conflict.reason)], status: 409)
        }
    }

    private func takeBack(_ call: Call) async throws -> Answer {
        let household: ID<Household> = try call.id("household")
        do {
            guard let entry = ID<PointsEntry>(call.form["entry"] ?? "") else { throw Invalid("/entry", "not-a-choice") }
            _ = try await TakeBackEntry(desk)(
                entry, reason: call.form["reason"] ?? "", request: call.clientID(), by: try call.signedIn())
            return call.done(PointsPath.wallet(household), flash: "points.flash.taken-back")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/reason", conflict.reason)], status: 409)
        }
    }
}
