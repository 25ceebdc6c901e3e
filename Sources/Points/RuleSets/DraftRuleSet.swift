import Directory
package import Kernel
import Storage

/// Makes a draft: of the version in force, or of what a village begins with. 起草细则
package struct DraftRuleSet: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter request: the id the draft gets.
    /// - Throws: ``NotFound`` out of scope; ``Conflict`` `draft-exists`, `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ audience: Audience, of village: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> RuleSet {
        let scope = try principal.scope(for: .managePoints)
        return try await desk.database.write { tx in
            _ = try desk.village(village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let store = RuleSetStore(tx, town: principal.town)
            let (id, detail) = (change.newID(RuleSet.self), ["audience": audience.rawValue])
            if try change.isDone("rules.draft", id, detail), let draft = try store.find(id) { return draft }
            let versions = try store.all(of: village).filter { $0.audience == audience }
            guard !versions.contains(where: \.isDraft) else { throw Conflict("draft-exists") }
            let last = versions.max { $0.version < $1.version }
            let begin = RuleSet.starting(audience, of: village, id: id, ruleID: { desk.ambient.newID() })
            let draft = RuleSet(
                id: id, village: village, audience: audience, version: (last?.version ?? 0) + 1,
                allowsDebt: last?.allowsDebt ?? false,
                rules: last.map { $0.rules.map { $0.copied(as: desk.ambient.newID()) } } ?? begin.rules)
            try store.insert(draft)
            try change.record("rules.draft", id, village: village, detail)
            return draft
        }
    }
}

/// Changes, adds or removes a line of a draft. What binds is never changed: a new version takes its place.
package struct EditDraft: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter rule: what the line of its code says from now on; a code that is new adds a line; nil removes the line `code`.
    /// - Throws: ``NotFound``; ``Invalid`` with all faults; ``Conflict`` `rules-decided` when it is no draft any more.
    package func callAsFunction(
        _ set: ID<RuleSet>, _ code: String, _ rule: PointRule?, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        if let rule { try RuleRules.check(rule) }
        try await desk.database.write { tx in
            let store = RuleSetStore(tx, town: principal.town)
            guard let found = try store.find(set) else { throw NotFound() }
            _ = try desk.village(found.village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["code": code, "points": rule.map { String($0.points) } ?? "removed"]
            if try change.isDone("rules.edit", set, detail) { return }
            guard found.isDraft else { throw Conflict("rules-decided") }
            if let rule {
                if let twin = found.rules.first(where: { $0.use == rule.use && $0.code != rule.code }), !rule.use.isRepeatable {
                    throw Invalid("/use", "use-taken", ["rule": twin.nameZh])
                }
                if try !store.update(rule, in: set) { try store.insert(rule, in: set, position: found.rules.count) }
            } else {
                guard try store.remove(code, from: set) else { throw NotFound() }
            }
            try change.record("rules.edit", set, village: found.village, detail)
        }
    }
}

/// Puts a draft in force by the number of the villagers' decision (F62: 管理靠民). 施行细则
package struct AdoptRuleSet: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - decision: nothing binds without it.
    ///   - from: not before the day of the decision.
    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict`` `rules-decided`, `request-reused`.
    package func callAsFunction(
        _ set: ID<RuleSet>, decision number: String, decidedOn: Day, from: Day, allowsDebt: Bool, by principal: Principal,
        request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        var validation = Validation()
        let clean = validation.text(number, at: "/decision", limit: 60)
        validation.check(decidedOn <= desk.today, at: "/decidedOn", "day-to-come")
        validation.check(from >= decidedOn, at: "/from", "before-decision")
        try validation.finish()
        try await desk.database.write { tx in
            let store = RuleSetStore(tx, town: principal.town)
            guard let found = try store.find(set) else { throw NotFound() }
            _ = try desk.village(found.village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = [
                "decision": clean, "decidedOn": decidedOn.description, "from": from.description, "debt": allowsDebt ? "1" : "0",
            ]
            if try change.isDone("rules.adopt", set, detail) { return }
            guard try store.adopt(set, .init(number: clean, day: decidedOn), from: from, allowsDebt: allowsDebt) else {
                throw Conflict("rules-decided")
            }
            try change.record("rules.adopt", set, village: found.village, detail)
        }
    }
}
