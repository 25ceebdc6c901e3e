import Directory
import Identity
package import Kernel
import Storage

/// Objects to a warning or to being shown; until somebody has answered, it is off the board. 申诉
package struct AppealExposure: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` for one that is not the household's own or out of the staff's reach; ``Invalid`` without words; ``Conflict``
    ///   `exposure-over`, `already-appealed` or `request-reused`.
    package func callAsFunction(
        _ id: ID<Exposure>, words: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Appeal {
        var validation = Validation()
        let words = validation.text(words, at: "/words", limit: Appeal.wordsLimit)
        try validation.finish()
        return try await desk.database.write { tx in
            let town = principal.town
            guard let exposure = try ExposureStore(tx, town: town).find(id, in: .town) else { throw NotFound() }
            let isOwn = try AppealReach(desk: desk).check(exposure.household, principal, tx)
            let appeals = AppealStore(tx, town: town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("appeal.enter", id, [:]), let made = try appeals.appeal(to: .exposure, id) { return made }
            guard exposure.end == nil else { throw Conflict("exposure-over") }
            let appeal = Appeal(
                id: change.newID(), village: exposure.village, household: exposure.household, subject: .exposure,
                subjectID: ID(id.uuid), words: words, account: principal.account, post: isOwn ? "" : principal.post,
                at: desk.ambient.now(), stage: .open, answer: "")
            guard try appeals.insert(appeal) else { throw Conflict("already-appealed") }
            try change.record("appeal.enter", id, village: exposure.village)
            return appeal
        }
    }
}
