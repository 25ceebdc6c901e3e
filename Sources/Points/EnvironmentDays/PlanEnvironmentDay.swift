import Directory
package import Kernel
import Storage

/// Plans the environment day of a month, with one area for every level-2 grid (F55). A third Saturday that collides with the calendar
/// only proposes another day; a person confirms it.
package struct PlanEnvironmentDay: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter request: the id the day gets.
    /// - Throws: ``NotFound`` out of scope; ``Conflict`` `day-exists`, `request-reused`.
    @discardableResult
    package func callAsFunction(
        _ month: MonthKey, of village: ID<GridNode>, by principal: Principal, request: ID<PointsEvent>
    ) async throws -> EnvironmentDay {
        let scope = try principal.scope(for: .managePoints)
        return try await desk.database.write { tx in
            _ = try desk.village(village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let (id, detail) = (change.newID(EnvironmentDay.self), ["month": month.description])
            let store = EnvironmentDayStore(tx, town: principal.town)
            if try change.isDone("environment-day.plan", id, detail), let day = try store.find(id) { return day }
            guard let day = try Self.plan(id, month, village, desk, tx, principal.town) else { throw Conflict("day-exists") }
            try change.record("environment-day.plan", id, village: village, detail)
            return day
        }
    }

    /// Plans this month and the next for every village with points; what is planned stays as it is.
    package func all(of town: ID<Town>) async throws {
        let this = MonthKey(desk.today)
        try await desk.database.write { tx in
            for village in try desk.villages(in: .town, tx, town) {
                for month in [this, this.next] {
                    _ = try Self.plan(desk.ambient.newID(), month, village.id, desk, tx, town)
                }
            }
        }
    }

    /// - Returns: nil when the month has its day already.
    private static func plan(
        _ id: ID<EnvironmentDay>, _ month: MonthKey, _ village: ID<GridNode>, _ desk: PointsDesk, _ tx: any Transaction,
        _ town: ID<Town>
    ) throws -> EnvironmentDay? {
        let proposal = EnvironmentDayRules.proposal(for: month, try desk.calendar(tx, town))
        let day = EnvironmentDay(
            id: id, village: village, month: month, third: proposal.third, day: proposal.day,
            why: proposal.collision.map { "\($0.rawValue) \(proposal.name ?? "")" } ?? "",
            stage: proposal.collision == nil ? .confirmed : .proposed, version: 1)
        let grids = try desk.tree(tx, town).children(of: village).filter { $0.level == .two }
        let areas = grids.map {
            EnvironmentArea(id: desk.ambient.newID(), day: id, grid: $0.id, words: $0.boundaryWords ?? $0.nameZh)
        }
        return try EnvironmentDayStore(tx, town: town).insert(day, areas: areas) ? day : nil
    }
}

/// Confirms the day that was proposed, or another of the same month. 确认日期
package struct ConfirmEnvironmentDay: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound``; ``Invalid`` for a day of another month or gone by; ``Conflict`` `already-held`, `stale`, `request-reused`.
    package func callAsFunction(
        _ id: ID<EnvironmentDay>, on date: Day, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        try await desk.database.write { tx in
            let store = EnvironmentDayStore(tx, town: principal.town)
            guard let day = try store.find(id) else { throw NotFound() }
            _ = try desk.village(day.village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["day": date.description]
            if try change.isDone("environment-day.confirm", id, detail) { return }
            guard MonthKey(date) == day.month else { throw Invalid("/date", "other-month") }
            guard day.stage != .held else { throw Conflict("already-held") }
            guard try store.move(id, to: date, .confirmed, from: day.version) else { throw Conflict("stale") }
            try change.record("environment-day.confirm", id, village: day.village, detail)
        }
    }
}

/// Names another area to be cleaned.
package struct AddEnvironmentArea: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict``.
    package func callAsFunction(
        _ id: ID<EnvironmentDay>, grid: ID<GridNode>, words: String, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        var validation = Validation()
        let text = validation.text(words, at: "/words", limit: 100)
        try validation.finish()
        try await desk.database.write { tx in
            let store = EnvironmentDayStore(tx, town: principal.town)
            guard let day = try store.find(id) else { throw NotFound() }
            _ = try desk.village(day.village, in: scope, tx, principal.town)
            guard try desk.tree(tx, principal.town).path(grid).contains(where: { $0.id == day.village }) else {
                throw Invalid("/grid", "not-a-choice")
            }
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["grid": grid.description, "words": text]
            if try change.isDone("environment-day.area", id, detail) { return }
            guard day.stage != .held else { throw Conflict("already-held") }
            try store.insert(EnvironmentArea(id: change.newID(), day: id, grid: grid, words: text))
            try change.record("environment-day.area", id, village: day.village, detail)
        }
    }
}
