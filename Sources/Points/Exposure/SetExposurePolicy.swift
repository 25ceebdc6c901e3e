import Directory
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
