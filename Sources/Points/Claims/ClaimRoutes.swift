import Directory
import Identity
import Kernel
import Media
import Storage
import Web

/// Claims as households and the staff enter them, and as the staff decide on them.
struct ClaimRoutes: Sendable {
    let desk: PointsDesk
    let darkroom: Darkroom
    let photos: BlobStore

    /// Three photos and the words.
    static let bodyLimit = Claim.photoLimit * Photograph.byteLimit + 1 << 20

    var routes: [Route] {
        [
            Route(.get, ClaimPath.mine, .holder(.beResident)) { call in
                call.page(MyClaimsPage(call, try await ReadClaims(desk: desk).mine(by: try call.signedIn())))
            },
            Route(.get, ClaimPath.new, .holder(.beResident)) { call in try await ownForm(call) },
            Route(.post, ClaimPath.new, .holder(.beResident), bodyLimit: Self.bodyLimit, handle: claim),
            Route(.post, "\(ClaimPath.mine)/{claim}/withdrawal", .holders([.beResident, .awardPoints]), handle: withdraw),
            Route(.get, "/points/photos/{photo}", .holders([.beResident, .awardPoints]), handle: photo),
            Route(.get, ClaimPath.office, .holder(.awardPoints), handle: list),
            Route(.get, ClaimPath.officeNew, .holder(.awardPoints)) { call in try await officeForm(call) },
            Route(.post, ClaimPath.officeNew, .holder(.awardPoints), bodyLimit: Self.bodyLimit, handle: claimOnBehalf),
            Route(.get, "\(ClaimPath.office)/{claim}", .holder(.awardPoints)) { call in try await show(call) },
            Route(.post, "\(ClaimPath.office)/{claim}/approval", .holder(.awardPoints), bodyLimit: 16_384, handle: approve),
            Route(.post, "\(ClaimPath.office)/{claim}/refusal", .holder(.awardPoints), bodyLimit: 16_384, handle: refuse),
        ]
    }

    // MARK: From the household

    private func ownForm(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let homes = try await ReadClaims(desk: desk).mine(by: try call.signedIn())
        let asked = call.form["household"] ?? call.query["household"]
        guard let home = homes.first(where: { $0.door.household.description == asked }) ?? homes.first else {
            return call.page(NoWalletPage())
        }
        return call.page(
            ClaimFormPage(call, home.door, home.rules, households: homes.map(\.door), faults: faults), status: status)
    }

    private func claim(_ call: Call) async throws -> Answer {
        do {
            let draft = try await draft(call, channel: .phone)
            _ = try await ClaimPoints(desk, darkroom)(draft, by: try call.signedIn())
            return call.done(ClaimPath.mine, flash: "points.claim.flash.claimed")
        } catch let invalid as Invalid {
            return try await ownForm(call, faults: invalid.faults, status: 422)
        }
    }

    private func draft(_ call: Call, channel: Claim.Channel) async throws -> ClaimDraft {
        guard let household = ID<Household>(call.form["household"] ?? "") else { throw Invalid("/household", "required") }
        let intake = try await ClaimPhotoIntake(call.form, limit: Claim.photoLimit, darkroom, photos)
        var faults = intake.faults
        let typed = (call.form["day"] ?? "").trimmed
        if !typed.isEmpty, Day(typed) == nil { faults.append(Fault("/day", "not-a-date")) }
        return ClaimDraft(
            id: call.clientID(), household: household, rule: call.form["rule"] ?? "", day: Day(typed),
            words: call.form["words"] ?? "",
            channel: channel, photos: intake.photos, faults: faults)
    }

    private func withdraw(_ call: Call) async throws -> Answer {
        _ = try await WithdrawClaim(desk)(try call.id("claim"), by: try call.signedIn(), request: call.clientID())
        return call.done(
            call.principal?.may(.beResident) == true ? ClaimPath.mine : ClaimPath.office, flash: "points.claim.flash.withdrawn")
    }

    private func photo(_ call: Call) async throws -> Answer {
        let photo = try await ReadClaims(desk: desk).photo(try call.id("photo"), by: try call.signedIn())
        return try await .photo(call.query["size"] == "thumb" ? photo.thumb : photo.full, from: photos)
    }

    // MARK: On behalf

    private func officeForm(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let typed = (call.form["card"] ?? call.query["card"] ?? "").trimmed
        let household = ID<Household>(call.form["household"] ?? call.query["household"] ?? "")
        do {
            guard !typed.isEmpty || household != nil else { return call.page(ClaimFormPage(call, asking: typed, faults: faults)) }
            let card = PublicNumber(card: typed)
            if household == nil, card == nil { throw Invalid("/card", "card-wrong") }
            let (door, rules) = try await ReadClaims(desk: desk).door(
                card: household == nil ? card : nil, household, by: try call.signedIn())
            return call.page(
                ClaimFormPage(call, door, rules, households: nil, isByCard: household == nil, faults: faults), status: status)
        } catch let invalid as Invalid {
            return call.page(ClaimFormPage(call, asking: typed, faults: invalid.faults), status: 422)
        }
    }

    private func claimOnBehalf(_ call: Call) async throws -> Answer {
        do {
            let channel = Claim.Channel(rawValue: call.form["channel"] ?? "") ?? .proxy
            let draft = try await draft(call, channel: channel == .phone ? .proxy : channel)
            let claim = try await ClaimPoints(desk, darkroom)(draft, by: try call.signedIn())
            return call.done(ClaimPath.claim(claim.id), flash: "points.claim.flash.claimed")
        } catch let invalid as Invalid {
            return try await officeForm(call, faults: invalid.faults, status: 422)
        }
    }

    // MARK: Deciding

    private func list(_ call: Call) async throws -> Answer {
        let stage = Claim.Stage(rawValue: call.query["stage"] ?? "") ?? .pending
        let found = try await ReadClaims(desk: desk).list(stage, by: try call.signedIn())
        return call.page(ClaimsPage(call, stage, found.claims, found.addresses, found.repeated, found.rules))
    }

    private func show(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let sight = try await ReadClaims(desk: desk)(try call.id("claim"), by: try call.signedIn())
        return call.page(ClaimPage(call, sight, faults: faults), status: status)
    }

    private func approve(_ call: Call) async throws -> Answer {
        let id: ID<Claim> = try call.id("claim")
        return try await decide(call, id) {
            let limit = try await DecideClaim(desk).approve(id, by: try call.signedIn(), request: call.clientID()).limitedBy
            return limit == nil ? "points.claim.flash.approved" : "points.claim.flash.approved-capped"
        }
    }

    private func refuse(_ call: Call) async throws -> Answer {
        let id: ID<Claim> = try call.id("claim")
        return try await decide(call, id) {
            _ = try await DecideClaim(desk).refuse(
                id, reason: call.form["reason"] ?? "", by: try call.signedIn(), request: call.clientID())
            return "points.claim.flash.refused"
        }
    }

    private func decide(_ call: Call, _ id: ID<Claim>, _ work: () async throws -> String) async throws -> Answer {
        do {
            return call.done(ClaimPath.claim(id), flash: try await work())
        } catch let invalid as Invalid {
            return try await show(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, faults: [Fault("/decision", conflict.reason)], status: 409)
        }
    }
}
