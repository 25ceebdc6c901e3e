import Directory
import Identity
package import Kernel
import Storage

/// A household says that a round's result is wrong, while it is on the notice board. 提出异议
package struct ObjectToRound: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for a round of a village where one does not live, ``Invalid`` without words, ``Conflict`` `not-on-notice`, `request-reused`.
    package func callAsFunction(
        _ round: ID<InspectionRound>, words: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        _ = try principal.scope(for: .beResident)
        var validation = Validation()
        let text = validation.text(words, at: "/words", limit: 500)
        try validation.finish()
        try await desk.database.write { tx in
            let doors = try principal.person.map { try DoorStore(tx, town: principal.town).doors(of: $0, on: desk.today) } ?? []
            guard let found = try RoundStore(tx, town: principal.town).find(round),
                let door = doors.first(where: { $0.village == found.village })
            else { throw NotFound() }
            _ = try desk.village(found.village, in: .town, tx, principal.town, with: .crossInspections)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            // The words are the household's own and stand with the objection, not in the history.
            let detail = ["words": DrawRules.ticket("objection", text)]
            if try change.isDone("round.object", round, detail) { return }
            guard found.stage == .notice, let until = found.noticeUntil, desk.today <= until else {
                throw Conflict("not-on-notice")
            }
            try SheetStore(tx, town: principal.town).insert(
                Objection(
                    id: change.newID(), round: round, household: door.household, words: text, at: desk.ambient.now(),
                    account: principal.account, stage: .open, answer: ""))
            try change.record("round.object", round, village: found.village, detail)
        }
    }
}

/// The chief upholds or rejects an objection, with words. Upheld, the household's deductions are put right on a new sheet and the result
/// is found anew. 答复异议
package struct AnswerObjection: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter deducted: what is right, when it is upheld; nil rejects.
    /// - Throws: ``NotFound``, ``Invalid`` without words or for a number out of range, ``Conflict`` `already-answered`, `request-reused`.
    package func callAsFunction(
        _ id: ID<Objection>, deducted: Int?, answer: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        var validation = Validation()
        let words = validation.text(answer, at: "/answer", limit: 500)
        validation.check(
            deducted.map((0...MonthRules.perRound).contains) ?? true, at: "/deducted", "not-between",
            ["least": "0", "most": String(MonthRules.perRound)])
        try validation.finish()
        try await desk.database.write { tx in
            let sheets = SheetStore(tx, town: principal.town)
            guard let objection = try sheets.objection(id) else { throw NotFound() }
            let (round, change) = try RoundDesk(desk, tx, principal).managed(objection.round, request)
            let detail = ["upheld": deducted.map(String.init) ?? "no"]
            if try change.isDone("objection.answer", id, detail) { return }
            guard round.stage == .notice else { throw Conflict("not-on-notice") }
            let stage: Objection.Stage = deducted == nil ? .rejected : .upheld
            guard try sheets.answer(id, stage, words, at: desk.ambient.now()) else { throw Conflict("already-answered") }
            if let deducted {
                try correct(round, objection.household, deducted, change, sheets)
                try RoundDesk(desk, tx, principal).decide(round)
            }
            try change.record("objection.answer", id, village: round.village, detail)
        }
    }

    /// Writes the grid's sheet anew with one line put right.
    private func correct(
        _ round: InspectionRound, _ household: ID<Household>, _ deducted: Int, _ change: PointsChange, _ sheets: SheetStore
    ) throws {
        let store = RoundStore(change.tx, town: change.town)
        for pair in try store.pairs(of: round.id) {
            guard let old = pair.sheet else { continue }
            var scores = try sheets.scores(on: old)
            guard let index = scores.firstIndex(where: { $0.household == household }) else { continue }
            scores[index] = HouseholdScore(household: household, seen: true, deducted: deducted, items: [:])
            let sheet = InspectionSheet(
                id: change.newID(), round: round.id, target: pair.target,
                number: try sheets.sheets(of: round.id).count { $0.target == pair.target } + 1, why: "objection",
                at: desk.ambient.now(), account: change.principal.account, post: change.principal.post, digest: "")
            try sheets.insert(sheet, scores: scores)
            return try store.setSheet(sheet.id, of: round.id, target: pair.target)
        }
        throw Conflict("not-on-a-sheet")
    }
}
