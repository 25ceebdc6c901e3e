import Directory
import Identity
package import Kernel
import Storage

/// Puts what was not put right on the village's notice board, for a week at most. 晾晒
package struct PublishExposure: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameters:
    ///   - picture: the name of a stored picture in which what must not be seen has been painted over; nil for words alone.
    ///   - isClean: that somebody has looked and seen no face and no door-plate.
    /// - Throws: ``NotFound``, ``Invalid`` `look-again` unless `isClean`, ``Conflict`` as ``ExposureRules/checkPublishing(_:policy:on:hasOpenAppeal:)``.
    package func callAsFunction(
        _ id: ID<Exposure>, picture: String?, isClean: Bool, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Exposure {
        let scope = try principal.scope(for: .managePoints)
        guard isClean else { throw Invalid("/clean", "look-again") }
        return try await desk.database.write { tx in
            let store = ExposureStore(tx, town: principal.town)
            guard let exposure = try store.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["picture": picture ?? "-"]
            if try change.isDone("exposure.publish", id, detail) { return exposure }
            let appeal = try AppealStore(tx, town: principal.town).appeal(to: .exposure, id)
            try ExposureRules.checkPublishing(
                exposure, policy: try store.policy(of: exposure.village), on: desk.today, hasOpenAppeal: appeal?.stage == .open)
            guard try store.publish(exposure, picture: picture, on: desk.today, by: principal.account) else {
                throw Conflict("stale")
            }
            try change.record("exposure.publish", id, village: exposure.village, detail)
            return try store.find(id, in: scope) ?? exposure
        }
    }
}

/// Ends a warning: seen again and in order 复查通过, or taken back 撤回. It is off the board at once.
package struct EndExposure: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope, ``Conflict`` `exposure-over` or `request-reused`.
    package func callAsFunction(
        _ id: ID<Exposure>, as end: Exposure.End, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Exposure {
        let scope = try principal.scope(for: .awardPoints)
        let detail = ["end": end.rawValue]
        return try await desk.database.write { tx in
            let store = ExposureStore(tx, town: principal.town)
            guard let exposure = try store.find(id, in: scope) else { throw NotFound() }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("exposure.end", id, detail) { return exposure }
            guard exposure.end == nil else { throw Conflict("exposure-over") }
            try store.end(id, as: end, on: desk.today)
            try change.record("exposure.end", id, village: exposure.village, detail)
            return try store.find(id, in: scope) ?? exposure
        }
    }
}

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
