package import Directory
import Identity
package import Kernel
import Storage

/// Tells a household what is to be put right, and by when. Nothing is shown to anybody else. 提醒整改
package struct WarnHousehold: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of scope, ``Invalid`` without words, ``Conflict`` `no-village-decision` or `request-reused`.
    package func callAsFunction(
        _ household: ID<Household>, words: String, isMinors: Bool, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> Exposure {
        let scope = try principal.scope(for: .awardPoints)
        var validation = Validation()
        let words = validation.text(words, at: "/words", limit: Exposure.wordsLimit)
        try validation.finish()
        let detail = ["minors": isMinors ? "yes" : "no"]
        return try await desk.database.write { tx in
            let town = principal.town
            let door = try desk.door(household, in: scope, tx, town)
            let store = ExposureStore(tx, town: town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let id: ID<Exposure> = change.newID()
            if try change.isDone("exposure.warn", id, detail), let made = try store.find(id, in: scope) { return made }
            guard let policy = try store.policy(of: door.village) else { throw Conflict("no-village-decision") }
            let today = desk.today
            let exposure = Exposure(
                id: id, village: door.village, grid: door.grid, household: household, words: words, isMinors: isMinors,
                warnedOn: today,
                dueOn: ExposureRules.due(warnedOn: today, days: policy.daysToPutRight), warnedBy: principal.account,
                publishedOn: nil,
                publishedBy: nil, picture: nil, end: nil, endedOn: nil, version: 1)
            guard try store.insert(exposure) else { throw Conflict("request-reused") }
            try change.record("exposure.warn", id, village: door.village, detail)
            return exposure
        }
    }
}
