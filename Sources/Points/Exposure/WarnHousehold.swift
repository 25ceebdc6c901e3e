package import Directory
import Identity
package import Kernel
import Storage

/// Records what the villagers decided about the notice board. 晾晒决议
package struct SetExposurePolicy: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound`` out of reach, ``Invalid``, ``Conflict`` `request-reused`.
    package func callAsFunction(
        _ village: ID<GridNode>, decision: String, on day: Day?, days: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        var validation = Validation()
        let decision = validation.text(decision, at: "/decision", limit: 60)
        validation.check(day != nil, at: "/decidedOn", "required")
        validation.check(day.map { $0 <= desk.today } ?? true, at: "/decidedOn", "day-to-come")
        let number = WholeNumber.read(days, at: "/days", in: ExposureRules.daysToPutRight, &validation)
        try validation.finish()
        guard let day else { return }
        let detail = ["decision": decision, "on": day.description, "days": String(number)]
        try await desk.database.write { tx in
            let village = try desk.village(village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            if try change.isDone("exposure.policy", village.id, detail) { return }
            try ExposureStore(tx, town: principal.town).set(
                ExposurePolicy(village: village.id, decision: decision, decidedOn: day, daysToPutRight: number))
            try change.record("exposure.policy", village.id, village: village.id, detail)
        }
    }
}

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
