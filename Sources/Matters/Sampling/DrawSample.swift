import Directory
import Identity
package import Kernel
import Storage

/// Draws which closed matters of a unit and a month the level above looks at again 抽查. Once a unit and month; nobody draws until it suits.
package struct DrawSample: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameters:
    ///   - unit: a village, for the town; or a level-2 grid, for its village.
    ///   - percent: 1 to 100.
    /// - Throws: ``Invalid``, ``NotFound`` out of reach, ``Forbidden`` `not-above`, ``Conflict`` `sample-drawn`, `nothing-closed`.
    /// - Returns: the sample; after a retry, as it stands.
    @discardableResult
    package func callAsFunction(
        _ unit: ID<GridNode>?, _ month: SampleMonth?, percent: Int?, by principal: Principal, request: ID<Sample>,
        address: String? = nil
    ) async throws -> Sample {
        var validation = Validation()
        validation.check(unit != nil, at: "/unit", "required")
        validation.check(month != nil, at: "/month", "required")
        validation.check(percent.map((1...100).contains) ?? false, at: "/percent", "sample-percent")
        if let month { validation.check(month.isOver(on: desk.ambient.now().day()), at: "/month", "month-not-over") }
        try validation.finish()
        guard let unit, let month, let percent else { throw Invalid("/unit", "required") }
        let desk = desk
        return try await desk.database.write { tx in
            let tree = try desk.tree(tx, principal.town)
            let store = SampleStore(tx, town: principal.town)
            try Self.checkAbove(principal, unit, tree)
            if let done = try store.find(request) {
                guard (done.unit, done.month, done.percent) == (unit, month, percent) else { throw Conflict("request-reused") }
                return done
            }
            let closed = try store.closed(month, in: [unit] + tree.descendants(of: unit).map(\.id))
            guard !closed.isEmpty else { throw Conflict("nothing-closed") }
            let seed = String(desk.ambient.random(), radix: 16)
            let drawn = SampleRules.draw(closed, percent: percent, seed: seed)
            let sample = Sample(
                id: request, unit: unit, month: month, percent: percent, eligible: closed.count, seed: seed,
                at: desk.ambient.now(), actor: .init(principal),
                lines: drawn.enumerated().map { Sample.Line(matter: $1, position: $0 + 1, finding: nil) })
            guard try store.insert(sample) else { throw Conflict("sample-drawn") }
            try AuditTrail(tx).record(
                "matter.sample", by: principal, town: principal.town, subject: sample.id.description,
                detail: ["unit": unit.description, "month": month.description, "drawn": String(drawn.count)], address: address,
                ambient: desk.ambient)
            return sample
        }
    }

    /// Whoever looks again stands above the unit: the town above a village, the village above a level-2 grid.
    /// - Throws: ``NotFound`` out of reach, ``Forbidden`` `not-above`.
    static func checkAbove(_ principal: Principal, _ unit: ID<GridNode>, _ tree: GridTree) throws {
        guard let scope = principal.grants[.followUpMatter], tree.isIn(scope, unit), let grid = tree.grid(unit),
            grid.level != .three
        else { throw NotFound() }
        guard scope.covers(tree.path(unit).dropLast().map(\.id)) else { throw Forbidden("not-above") }
    }
}
