import Directory
import Kernel
import Storage
import Web

/// Rule sets: reading, drafting, editing a draft, putting it in force.
struct RuleSetRoutes: Sendable {
    let desk: PointsDesk

    var routes: [Route] {
        [
            Route(.post, "/office/points/{village}/rule-sets", .holder(.managePoints), bodyLimit: 16_384, handle: draft),
            Route(.get, "/office/points/rule-sets/{set}", .holder(.readPoints)) { try await show($0) },
            Route(.post, "/office/points/rule-sets/{set}", .holder(.managePoints), bodyLimit: 16_384, handle: edit),
            Route(.post, "/office/points/rule-sets/{set}/decision", .holder(.managePoints), bodyLimit: 16_384, handle: adopt),
        ]
    }

    private func draft(_ call: Call) async throws -> Answer {
        let request: ID<PointsEvent> = call.clientID()
        guard let audience = Audience(rawValue: call.form["audience"] ?? "") else { throw Invalid("/audience", "not-a-choice") }
        let village: ID<GridNode> = try call.id("village")
        do {
            try await DraftRuleSet(desk)(audience, of: village, by: try call.signedIn(), request: request)
            return call.done(PointsPath.set(ID(request.uuid)), flash: "points.flash.drafted")
        } catch let conflict as Conflict where conflict.reason == "draft-exists" {
            return call.done(PointsPath.village(village), flash: "points.flash.draft-exists")
        }
    }

    private func show(_ call: Call, _ faults: [Fault] = [], status: Int = 200) async throws -> Answer {
        let principal = try call.signedIn()
        let (desk, id, scope) = (desk, try call.id("set", of: RuleSet.self), try principal.scope(for: .readPoints))
        let (village, set, mayManage) = try await desk.database.read { tx in
            guard let set = try RuleSetStore(tx, town: principal.town).find(id) else { throw NotFound() }
            let village = try desk.villageAround(set.village, of: scope, tx, principal.town)
            let tree = try desk.tree(tx, principal.town)
            return (village, set, principal.grants[.managePoints].map { tree.isIn($0, village.id) } ?? false)
        }
        return call.page(RuleSetPage(call, village, set, mayManage: mayManage, faults: faults), status: status)
    }

    private func attempt(_ call: Call, flash: String, _ act: (ID<RuleSet>, Principal) async throws -> Void) async throws -> Answer
    {
        let id: ID<RuleSet> = try call.id("set")
        do {
            try await act(id, try call.signedIn())
            return call.done(PointsPath.set(id), flash: flash)
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults, status: 422)
        } catch let conflict as Conflict where conflict.reason != "request-reused" {
            return try await show(call, [Fault("/decision", conflict.reason)], status: 409)
        }
    }

    private func edit(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.saved") { id, principal in
            let code = (call.form["code"] ?? "").trimmed
            let rule = call.form["remove"] != nil ? nil : try rule(code, call)
            try await EditDraft(desk)(id, code, rule, by: principal, request: call.clientID())
        }
    }

    private func adopt(_ call: Call) async throws -> Answer {
        try await attempt(call, flash: "points.flash.adopted") { id, principal in
            var validation = Validation()
            let (decidedOn, from) = (Day(call.form["decidedOn"]?.trimmed ?? ""), Day(call.form["from"]?.trimmed ?? ""))
            validation.check(decidedOn != nil, at: "/decidedOn", "not-a-date")
            validation.check(from != nil, at: "/from", "not-a-date")
            try validation.finish()
            guard let decidedOn, let from else { return }
            try await AdoptRuleSet(desk)(
                id, decision: call.form["decision"] ?? "", decidedOn: decidedOn, from: from,
                allowsDebt: call.form["allowsDebt"] != nil, by: principal, request: call.clientID())
        }
    }

    /// The line as the form has it. A number that is none, or not whole, is told beside its field.
    private func rule(_ code: String, _ call: Call) throws(Invalid) -> PointRule {
        var validation = Validation()
        func number(_ field: String, required: Bool = false) -> Int? {
            let text = (call.form[field] ?? "").trimmed
            let number = Int(text)
            validation.check(number != nil || (text.isEmpty && !required), at: "/\(field)", "not-a-whole-number")
            return number
        }
        let points = number("points", required: true)
        let caps = PointCaps(day: number("capDay"), week: number("capWeek"), month: number("capMonth"), year: number("capYear"))
        let expiry = number("expiry")
        let (domain, use) = (PointDomain(rawValue: call.form["domain"] ?? ""), PointRuleUse(rawValue: call.form["use"] ?? ""))
        let (evidence, approver) = (
            PointEvidence(rawValue: call.form["evidence"] ?? ""), PointApprover(rawValue: call.form["approver"] ?? "")
        )
        validation.check(domain != nil, at: "/domain", "not-a-choice")
        validation.check(use != nil, at: "/use", "not-a-choice")
        try validation.finish()
        return PointRule(
            id: desk.ambient.newID(), code: code, domain: domain ?? .environment, nameZh: (call.form["nameZh"] ?? "").trimmed,
            nameEn: (call.form["nameEn"] ?? "").trimmed, points: points ?? 0, caps: caps, evidence: evidence ?? .none,
            approver: approver ?? .worker, use: use ?? .open, expiryMonths: expiry)
    }
}
