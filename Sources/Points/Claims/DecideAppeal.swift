import Directory
import Identity
package import Kernel
import Storage

/// Decides on an objection. What is granted is taken back in the same transaction. 申诉裁定
package struct DecideAppeal: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter answer: the household reads it.
    /// - Throws: ``NotFound``, ``Invalid`` without an answer, ``Forbidden`` `own-decision` or `own-home`, ``Conflict``
    ///   `claim-decided` or `request-reused`.
    package func callAsFunction(
        _ id: ID<Appeal>, grant: Bool, answer: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Appeal {
        let scope = try principal.scope(for: .managePoints)
        var validation = Validation()
        let answer = validation.text(answer, at: "/answer", limit: Appeal.wordsLimit)
        try validation.finish()
        let detail = ["grant": grant ? "yes" : "no"]
        return try await desk.database.write { tx in
            let town = principal.town
            let appeals = AppealStore(tx, town: town)
            guard let appeal = try appeals.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("appeal.decide", id, detail) { return appeal }
            guard appeal.stage == .open else { throw Conflict("claim-decided") }
            let livesThere = try principal.person.map {
                try DoorStore(tx, town: town).lives($0, in: appeal.household, on: desk.today)
            }
            let deciders = try self.deciders(of: appeal, tx, town)
            try AppealRules.checkJudge(
                principal.account, bookedBy: deciders.contains(principal.account) ? principal.account : nil,
                livesThere: livesThere ?? false)
            let now = desk.ambient.now()
            guard try appeals.decide(id, as: grant ? .granted : .dismissed, answer: answer, by: principal, at: now) else {
                throw Conflict("claim-decided")
            }
            if grant { try undo(appeal, answer, principal, request, tx) }
            try change.record("appeal.decide", id, village: appeal.village, detail)
            return try appeals.find(id, in: scope) ?? appeal
        }
    }

    /// Who decided what is objected to.
    private func deciders(of appeal: Appeal, _ tx: any Transaction, _ town: ID<Town>) throws -> [ID<AccountNode>] {
        switch appeal.subject {
        case .entry: try [LedgerStore(tx, town: town).find(ID(appeal.subjectID.uuid))?.account].compactMap(\.self)
        case .exposure: try ExposureStore(tx, town: town).deciders(of: ID(appeal.subjectID.uuid))
        }
    }

    private func undo(
        _ appeal: Appeal, _ answer: String, _ principal: Principal, _ request: ID<PointsEvent>, _ tx: any Transaction
    ) throws {
        switch appeal.subject {
        case .entry:
            let original = ID<PointsEntry>(appeal.subjectID.uuid)
            guard try LedgerStore(tx, town: principal.town).reversal(of: original) == nil else { return }
            _ = try PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient).reverse(
                original, as: ID(request.uuid), note: answer)
        case .exposure:
            try ExposureStore(tx, town: principal.town).end(ID(appeal.subjectID.uuid), as: .withdrawn, on: desk.today)
        }
    }
}
