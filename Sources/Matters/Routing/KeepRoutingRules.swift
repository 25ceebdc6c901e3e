import Directory
import Identity
package import Kernel
import Storage

/// What is said of a rule.
package struct RoutingDraft: Sendable {
    package var id: ID<RoutingRule>?
    package var version = 0
    /// Where it stands among the others; nil or too high for the end.
    package var number: Int?
    package var name = ""
    package var category = ""
    package var grid: ID<GridNode>?
    package var moment = RoutingRule.Moment.always
    package var from: Day?
    package var to: Day?
    package var target: RoutingRule.Target?
    package var unit: ID<JointUnit>?
    package var asked = ""
    package var isOn = true

    package init() {}

    /// The draft as one text, for the history and for knowing a retry.
    fileprivate var body: String {
        [
            "number=\(number.map(String.init) ?? "")", "name=\(name)", "category=\(category)", "grid=\(grid?.description ?? "")",
            "moment=\(moment.rawValue)", "from=\(from?.description ?? "")", "to=\(to?.description ?? "")",
            "target=\(target?.rawValue ?? "")", "unit=\(unit?.description ?? "")", "asked=\(asked)", "on=\(isOn)",
        ].joined(separator: "\n")
    }
}

/// The town office orders the rules about who gets a new matter 分派规则. What is reported from then on goes by them, in other processes
/// within half a minute, as with categories.
package struct KeepRoutingRules: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    package static let limit = 100
    package static let nameLimit = 40

    /// Adds a rule at its number, or changes one; the others move along.
    /// - Throws: ``Invalid``, ``NotFound``, ``Conflict`` `stale` or `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ draft: RoutingDraft, by principal: Principal, request: ID<RoutingRuleEvent>, address: String? = nil
    ) async throws -> ID<RoutingRule> {
        guard try principal.scope(for: .editRouting) == .town else { throw Forbidden() }
        let (desk, town) = (desk, principal.town)
        let digest = desk.digest([draft.id?.description ?? "", String(draft.version), draft.body])
        let id = try await desk.database.write { tx in
            let store = RoutingRuleStore(tx, town: town)
            if let done = try store.done(request) {
                guard done.digest == digest else { throw Conflict("request-reused") }
                return done.rule
            }
            // Two editors wait for one another.
            try GridStore(tx, town: town).bumpVersion(random: desk.ambient.random())
            var rules = try store.all()
            let known = draft.id.flatMap { id in rules.first { $0.id == id } }
            if draft.id != nil, known == nil { throw NotFound() }
            guard draft.version == known?.version ?? 0 else { throw Conflict("stale") }
            var rule = try Self.check(
                draft, known, ID(request.uuid), try desk.taxonomy(tx, town), try desk.tree(tx, town),
                try UnitStore(tx, town: town).all())
            if known == nil, rules.count >= Self.limit {
                throw Invalid("/number", "too-many-rules", ["limit": String(Self.limit)])
            }
            rules.removeAll { $0.id == rule.id }
            let place = min(max(1, draft.number ?? rules.count + 1), rules.count + 1)
            rule.number = place
            rules.insert(rule, at: place - 1)
            for (index, other) in rules.enumerated() where other.id == rule.id || other.number != index + 1 {
                var moved = other
                moved.number = index + 1
                // A form that shows the former place must not bring it back.
                if other.id != rule.id { moved.version += 1 }
                try store.put(moved)
            }
            let event = RoutingRuleEvent(
                id: request, rule: rule.id, act: Self.act(known, rule), number: rule.number, name: rule.name,
                at: desk.ambient.now(), actor: .init(principal))
            try store.add(event, body: draft.body, digest: digest)
            try AuditTrail(tx).record(
                "routing.\(event.act.rawValue)", by: principal, town: town, subject: rule.id.description,
                detail: ["number": String(rule.number)], address: address, ambient: desk.ambient)
            return rule.id
        }
        desk.taxonomies.forget(town)
        return id
    }

    private static func act(_ known: RoutingRule?, _ rule: RoutingRule) -> RoutingRuleEvent.Act {
        guard let known else { return .added }
        if known.isOn != rule.isOn { return rule.isOn ? .switchedOn : .switchedOff }
        var same = rule
        (same.number, same.version) = (known.number, known.version)
        return same == known ? .moved : .changed
    }

    private static func check(
        _ draft: RoutingDraft, _ known: RoutingRule?, _ fresh: ID<RoutingRule>, _ taxonomy: Taxonomy, _ tree: GridTree,
        _ units: [JointUnit]
    ) throws(Invalid) -> RoutingRule {
        var validation = Validation()
        let name = validation.text(draft.name, at: "/name", limit: nameLimit)
        let isCategory =
            draft.category.isEmpty || taxonomy[draft.category] != nil || taxonomy.groups.contains { $0.code == draft.category }
        validation.check(isCategory, at: "/category", "not-a-choice")
        validation.check(draft.grid.map { tree.grid($0) != nil } ?? true, at: "/grid", "not-a-choice")
        if let from = draft.from, let to = draft.to { validation.check(from <= to, at: "/to", "dates-reversed") }
        validation.check(draft.target != nil, at: "/target", "required")
        let asksUnit = draft.target == .unit
        let unit = asksUnit ? units.first { $0.id == draft.unit && !$0.isRetired } : nil
        validation.check(!asksUnit || unit != nil, at: "/unit", "not-a-choice")
        let asked = validation.text(draft.asked, at: "/asked", limit: Matter.noteLimit, required: asksUnit)
        try validation.finish()
        guard let target = draft.target else { throw Invalid("/target", "required") }
        return RoutingRule(
            id: known?.id ?? fresh, number: known?.number ?? 0, name: name, category: draft.category, grid: draft.grid,
            moment: draft.moment, from: draft.from, to: draft.to, target: target, unit: unit?.id, asked: asksUnit ? asked : "",
            isOn: draft.isOn, version: draft.version + 1)
    }
}
