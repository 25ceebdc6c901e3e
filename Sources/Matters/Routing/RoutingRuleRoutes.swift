import Directory
import Kernel
import Storage
import Web

/// The town office's pages of routing rules: the order, one rule's form, and which rule would take a matter.
struct RoutingRuleRoutes: Sendable {
    static let path = "/office/routing-rules"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.editRouting), handle: list),
            Route(.get, "\(Self.path)/edit", .holder(.editRouting)) { try await form($0, []) },
            Route(.post, "\(Self.path)/edit", .holder(.editRouting), bodyLimit: 64 << 10, handle: edit),
            Route(
                .get, "/api/v1/routing-rules", .holder(.editRouting),
                kind: .api(
                    Operation(
                        id: "listRoutingRules", summary: "The town's routing rules in their order.", tag: "matters",
                        answer: RoutingRulesDocument.schema))
            ) { call in
                let rules = try await desk.database.read { try RoutingRuleStore($0, town: call.town).all() }
                return try .json(RoutingRulesDocument(rules: rules.map(RoutingRulesDocument.Rule.init)))
            },
        ]
    }

    private func list(_ call: Call) async throws -> Answer {
        let wording = try await desk.wording(call)
        let (rules, units, history, timing) = try await desk.database.read { tx in
            let store = RoutingRuleStore(tx, town: call.town)
            return (
                try store.all(), try UnitStore(tx, town: call.town).all(), try store.history(),
                try desk.treeAndTiming(tx, call.town).1
            )
        }
        return call.page(RoutingRulesPage(rules, units, history, timing, wording))
    }

    private func form(_ call: Call, _ faults: [Fault], status: Int = 422) async throws -> Answer {
        let wording = try await desk.wording(call)
        let (rules, units) = try await desk.database.read { tx in
            (try RoutingRuleStore(tx, town: call.town).all(), try UnitStore(tx, town: call.town).all())
        }
        let asked = call.form["rule"] ?? call.query["rule"] ?? ""
        let known = rules.first { $0.id.description == asked }
        if !asked.isEmpty, known == nil { throw NotFound() }
        return call.page(
            RoutingRulePage(known, count: rules.count, units.filter { !$0.isRetired || $0.id == known?.unit }, wording, faults),
            status: faults.isEmpty ? 200 : status)
    }

    private func edit(_ call: Call) async throws -> Answer {
        do {
            try await KeepRoutingRules(desk)(
                try draft(call), by: try call.signedIn(), request: call.clientID(), address: call.address)
            return call.done(Self.path, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await form(call, invalid.faults)
        } catch let conflict as Conflict where conflict.reason == "stale" {
            return try await form(call, [Fault("", "changed-meanwhile")], status: 409)
        }
    }

    private func draft(_ call: Call) throws -> RoutingDraft {
        var (draft, validation) = (RoutingDraft(), Validation())
        draft.id = ID(call.sent("rule"))
        (draft.version, draft.number) = (Int(call.sent("version")) ?? 0, Int(call.sent("number").trimmed))
        (draft.name, draft.category, draft.asked) = (call.sent("name"), call.sent("category"), call.sent("asked"))
        let grid = call.sent("grid")
        draft.grid = ID(grid)
        validation.check(grid.isEmpty || draft.grid != nil, at: "/grid", "not-a-choice")
        draft.moment = call.choice("moment", &validation) ?? .always
        (draft.from, draft.to) = (call.day("from", &validation), call.day("to", &validation))
        draft.target = RoutingRule.Target(rawValue: call.sent("target"))
        draft.unit = ID(call.sent("unit"))
        draft.isOn = call.form["on"] != nil
        try validation.finish()
        return draft
    }
}

/// The rules as the API tells them.
private struct RoutingRulesDocument: Encodable {
    struct Rule: Encodable {
        let id: String
        let number: Int
        let name: String
        let category: String
        let grid: String?
        let moment: String
        let from: String?
        let to: String?
        let target: String
        let unit: String?
        let asked: String
        let isOn: Bool
        let version: Int

        init(_ rule: RoutingRule) {
            (id, number, name, category) = (rule.id.description, rule.number, rule.name, rule.category)
            (grid, moment, target) = (rule.grid?.description, rule.moment.rawValue, rule.target.rawValue)
            (from, to, unit) = (rule.from?.description, rule.to?.description, rule.unit?.description)
            (asked, isOn, version) = (rule.asked, rule.isOn, rule.version)
        }
    }
    let rules: [Rule]

    static let schema = Schema.object([
        .init(
            "rules",
            .array(
                .object([
                    .init("id", .uuid), .init("number", .integer(minimum: 1), "The lowest that fits decides."),
                    .init("name", .string()),
                    .init("category", .string(pattern: "^([0-9]{2}){0,2}$"), "A category, a group, or empty for all."),
                    .init("grid", .uuid, required: false, "With everything below it."),
                    .init("moment", .choice(RoutingRule.Moment.allCases.map(\.rawValue))),
                    .init("from", .string(format: "date"), required: false),
                    .init("to", .string(format: "date"), required: false),
                    .init("target", .choice(RoutingRule.Target.allCases.map(\.rawValue))),
                    .init("unit", .uuid, required: false), .init("asked", .string()), .init("isOn", .boolean),
                    .init("version", .integer(minimum: 1)),
                ])))
    ])
}
