import Directory
package import Kernel
import Storage

/// Awards at once under a rule of the household's set, by the staff of its grid. 记分
package struct AwardPoints: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - posting: its cause is taken as ``EntryCause/award``.
    /// - Throws: ``NotFound`` out of scope; ``Forbidden`` `chief-approves` for a rule that only the chief may apply, `own-home` for one's own
    ///   household; ``Invalid`` `by-claim` for what ``ClaimRules/isBookedAtOnce(_:)`` does not allow; ``Conflict``.
    package func callAsFunction(_ posting: Posting, by principal: Principal) async throws -> Posted {
        let scope = try principal.scope(for: .awardPoints)
        var validation = Validation()
        let note = validation.text(posting.note, at: "/note", limit: 200, required: false)
        try validation.finish()
        return try await desk.database.write { tx in
            let door = try desk.door(posting.household, in: scope, tx, principal.town)
            let isRetry = try LedgerStore(tx, town: principal.town).find(posting.id) != nil
            let doors = DoorStore(tx, town: principal.town)
            if let own = principal.person, try doors.lives(own, in: door.household, on: desk.today) {
                throw Forbidden("own-home")
            }
            let kinds = try doors.kinds(of: door.household, on: posting.day)
            let set = try AudienceRules.audience(of: kinds).flatMap {
                try RuleSetStore(tx, town: principal.town).inForce(door.village, $0, on: posting.day)
            }
            guard let rule = posting.rule.flatMap({ set?.rule($0) }), rule.use == .open else {
                throw Invalid("/rule", "rule-unknown")
            }
            guard ClaimRules.isBookedAtOnce(rule) else { throw Invalid("/rule", "by-claim") }
            let isChief = principal.grants[.managePoints].map { $0.covers([door.village]) } ?? false
            guard rule.approver != .chief || isChief else { throw Forbidden("chief-approves") }
            if rule.evidence == .words, note.isEmpty { throw Invalid("/note", "reason-required") }
            if let person = posting.person, try !doors.lives(person, in: door.household, on: posting.day) {
                throw Invalid("/person", "person-unknown")
            }
            let clean = Posting(
                id: posting.id, household: posting.household, person: posting.person, rule: posting.rule, day: posting.day,
                cause: .award, note: note)
            let posted = try PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient).post(clean)
            if !isRetry { try desk.audit("award", posted.entry, by: principal, tx) }
            return posted
        }
    }
}

/// Takes an entry back by another one (design.md rule 5). 冲正
package struct TakeBackEntry: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter reason: why; the household reads it.
    /// - Throws: ``NotFound`` out of scope, ``Invalid`` without a reason, ``Conflict`` as ``PointsLedger/reverse(_:as:cause:causeID:note:)``;
    ///   `taken-back-at-counter` for what was spent, which the exchange itself gives back.
    package func callAsFunction(
        _ entry: ID<PointsEntry>, reason: String, request: ID<PointsEntry>, by principal: Principal
    ) async throws -> PointsEntry {
        let scope = try principal.scope(for: .awardPoints)
        var validation = Validation()
        let note = validation.text(reason, at: "/reason", limit: 200)
        try validation.finish()
        return try await desk.database.write { tx in
            guard let original = try LedgerStore(tx, town: principal.town).find(entry) else { throw NotFound() }
            _ = try desk.door(original.household, in: scope, tx, principal.town)
            let isRetry = try LedgerStore(tx, town: principal.town).find(request) != nil
            guard ![EntryCause.redemption, .refund, .expiry].contains(original.cause) else {
                throw Conflict("taken-back-at-counter")
            }
            let back = try PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient).reverse(
                entry, as: request, note: note)
            if !isRetry { try desk.audit("take-back", back, by: principal, tx) }
            return back
        }
    }
}
