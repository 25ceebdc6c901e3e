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
