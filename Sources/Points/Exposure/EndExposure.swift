import Directory
import Identity
package import Kernel
import Storage

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
