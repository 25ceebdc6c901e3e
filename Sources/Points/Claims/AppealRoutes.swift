import Directory
import Identity
import Kernel
import Storage
import Web

/// Objections: entered from an entry of the wallet, decided by the village.
struct AppealRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(.get, "/points/entries/{entry}/appeal", .holders([.beResident, .awardPoints])) { call in try await form(call) },
            Route(
                .post, "/points/entries/{entry}/appeal", .holders([.beResident, .awardPoints]), bodyLimit: 16_384, handle: enter),
            Route(.get, ClaimPath.appeals, .holder(.managePoints)) { call in try await list(call) },
            Route(.post, "\(ClaimPath.appeals)/{appeal}", .holder(.managePoints), bodyLimit: 16_384, handle: decide),
        ]
    }

    private func form(_ call: Call, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let (entry, principal) = (try call.id("entry", of: PointsEntry.self), try call.signedIn())
        let (booked, rule, made) = try await desk.database.read { tx in
            guard let booked = try LedgerStore(tx, town: principal.town).find(entry) else { throw NotFound() }
            _ = try AppealReach(desk: desk).check(booked.household, principal, tx)
            let rule = try booked.rule.flatMap { try RuleSetStore(tx, town: principal.town).find($0.set)?.rule($0.code) }
            return (booked, rule, try AppealStore(tx, town: principal.town).appeal(to: .entry, entry))
        }
        let isOwn = principal.may(.beResident)
        return call.page(
            AppealFormPage(
                call, what: rule?.name(in: call.language) ?? Wording(call: call).cause(booked.cause),
                facts: "\(Wording(call: call).signed(booked.effect)) · \(booked.day)", made: made,
                action: ClaimPath.appeal(entry),
                back: isOwn ? PointsPath.mine : PointsPath.wallet(booked.household), faults: faults), status: status)
    }

    private func enter(_ call: Call) async throws -> Answer {
        let entry: ID<PointsEntry> = try call.id("entry")
        do {
            _ = try await AppealEntry(desk)(
                entry, words: call.form["words"] ?? "", by: try call.signedIn(), request: call.clientID())
            return call.done(ClaimPath.appeal(entry), flash: "points.appeal.flash.entered")
        } catch let invalid as Invalid {
            return try await form(call, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await form(call, faults: [Fault("/words", conflict.reason)], status: 409)
        }
    }

    private func list(_ call: Call, failed: ID<Appeal>? = nil, faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .managePoints)
        let (appeals, addresses, subjects) = try await desk.database.read { tx in
            let town = principal.town
            let appeals = try AppealStore(tx, town: town).appeals(in: scope, limit: 100)
            var subjects: [ID<Appeal>: AppealSubject] = [:]
            for appeal in appeals { subjects[appeal.id] = try subject(of: appeal, tx, town) }
            return (appeals, try DoorStore(tx, town: town).addresses(of: Set(appeals.map(\.household))), subjects)
        }
        return call.page(
            AppealsPage(call, appeals, addresses, subjects, failed: failed, faults: faults), status: status)
    }

    private func subject(of appeal: Appeal, _ tx: any Transaction, _ town: ID<Town>) throws -> AppealSubject? {
        switch appeal.subject {
        case .entry:
            guard let entry = try LedgerStore(tx, town: town).find(ID(appeal.subjectID.uuid)) else { return nil }
            let rule = try entry.rule.flatMap { try RuleSetStore(tx, town: town).find($0.set)?.rule($0.code) }
            return .entry(entry, rule)
        case .exposure: return try ExposureStore(tx, town: town).find(ID(appeal.subjectID.uuid), in: .town).map { .exposure($0) }
        }
    }

    private func decide(_ call: Call) async throws -> Answer {
        let id: ID<Appeal> = try call.id("appeal")
        do {
            guard let grant = ["yes": true, "no": false][call.form["grant"] ?? ""] else { throw Invalid("/grant", "required") }
            _ = try await DecideAppeal(desk)(
                id, grant: grant, answer: call.form["answer"] ?? "", by: try call.signedIn(), request: call.clientID())
            return call.done(ClaimPath.appeals, flash: grant ? "points.appeal.flash.granted" : "points.appeal.flash.dismissed")
        } catch let invalid as Invalid {
            return try await list(call, failed: id, faults: invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await list(call, failed: id, faults: [Fault("/answer", conflict.reason)], status: 409)
        } catch let forbidden as Forbidden where forbidden.reason != "not-permitted" {
            return try await list(call, failed: id, faults: [Fault("/answer", forbidden.reason)], status: 403)
        }
    }
}

/// What an objection is about.
enum AppealSubject: Sendable {
    case entry(PointsEntry, PointRule?)
    case exposure(Exposure)
}
