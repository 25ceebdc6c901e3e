package import Directory
import Identity
package import Kernel
import Storage

/// Signs a household up for an environment day: its own people, or the staff for it. 报名
package struct SignUpForEnvironmentDay: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// A resident signs up their own household; a second time changes nothing.
    /// - Throws: ``NotFound`` for a day of a village where one does not live; ``Invalid``; ``Conflict`` `not-confirmed`, `already-held`.
    package func own(
        _ id: ID<EnvironmentDay>, area: ID<EnvironmentArea>?, by principal: Principal, request: ID<EnvironmentSignup>
    )
        async throws
    {
        _ = try principal.scope(for: .beResident)
        try await desk.database.write { tx in
            let doors = try principal.person.map { try DoorStore(tx, town: principal.town).doors(of: $0, on: desk.today) } ?? []
            guard let day = try EnvironmentDayStore(tx, town: principal.town).find(id),
                let door = doors.first(where: { $0.village == day.village })
            else { throw NotFound() }
            _ = try desk.village(day.village, in: .town, tx, principal.town)
            try write(day, door, area, principal.person, request, principal, tx)
        }
    }

    /// The staff write down a household of their grids, also one that simply came.
    /// - Throws: ``NotFound`` out of scope; ``Invalid``; ``Conflict``.
    package func onBehalf(
        _ id: ID<EnvironmentDay>, household: ID<Household>, area: ID<EnvironmentArea>?, by principal: Principal,
        request: ID<EnvironmentSignup>
    ) async throws {
        let scope = try principal.scope(for: .awardPoints)
        try await desk.database.write { tx in
            let door = try desk.door(household, in: scope, tx, principal.town)
            guard let day = try EnvironmentDayStore(tx, town: principal.town).find(id), day.village == door.village else {
                throw NotFound()
            }
            try write(day, door, area, nil, request, principal, tx)
        }
    }

    private func write(
        _ day: EnvironmentDay, _ door: Door, _ asked: ID<EnvironmentArea>?, _ person: ID<PersonNode>?,
        _ request: ID<EnvironmentSignup>, _ principal: Principal, _ tx: any Transaction
    ) throws {
        guard day.stage != .proposed else { throw Conflict("not-confirmed") }
        guard day.stage != .held else { throw Conflict("already-held") }
        let store = EnvironmentDayStore(tx, town: principal.town)
        let areas = try store.areas(of: day.id)
        let path = try desk.tree(tx, principal.town).path(door.grid).map(\.id)
        // Who names no area goes where their own grid goes.
        let area = asked.flatMap { id in areas.first { $0.id == id } } ?? areas.first { path.contains($0.grid) }
        guard let area else { throw Invalid("/area", "not-a-choice") }
        let isNew = try store.insert(
            EnvironmentSignup(
                id: request, day: day.id, area: area.id, household: door.household, person: person, at: desk.ambient.now(),
                came: nil))
        guard isNew else { return }
        try AuditTrail(tx).record(
            "points.environment-day.sign-up", by: principal, town: principal.town, subject: day.id.description,
            detail: ["household": door.household.description], ambient: desk.ambient)
    }
}

/// Writes down who came and books their points. 签到记分
package struct RecordAttendance: Sendable {
    private let desk: PointsDesk

    package init(_ desk: PointsDesk) { self.desk = desk }

    /// - Parameter came: the households that took part, of those that are on the list.
    /// - Throws: ``NotFound``; ``Conflict`` `not-confirmed`, `already-held`, `day-to-come`, `request-reused`.
    package func callAsFunction(
        _ id: ID<EnvironmentDay>, came: Set<ID<Household>>, by principal: Principal, request: ID<PointsEvent>
    ) async throws {
        let scope = try principal.scope(for: .managePoints)
        try await desk.database.write { tx in
            let store = EnvironmentDayStore(tx, town: principal.town)
            guard let day = try store.find(id) else { throw NotFound() }
            _ = try desk.village(day.village, in: scope, tx, principal.town)
            let change = PointsChange(tx, by: principal, request, desk.ambient)
            let detail = ["came": String(came.count)]
            if try change.isDone("environment-day.hold", id, detail) { return }
            guard day.stage != .held else { throw Conflict("already-held") }
            guard day.stage == .confirmed else { throw Conflict("not-confirmed") }
            guard day.day <= desk.today else { throw Conflict("day-to-come") }
            let ledger = PointsLedger(tx, town: principal.town, by: principal, ambient: desk.ambient)
            for signup in try store.signups(of: id) {
                let isThere = came.contains(signup.household)
                try store.setCame(isThere, signup.id)
                guard isThere else { continue }
                _ = try ledger.post(
                    Posting(
                        id: desk.ambient.newID(), household: signup.household, person: signup.person, use: .environmentDay,
                        day: day.day, cause: .environmentDay, causeID: ID(id.uuid)))
            }
            guard try store.move(id, to: day.day, .held, from: day.version) else { throw Conflict("stale") }
            try change.record("environment-day.hold", id, village: day.village, detail)
        }
    }
}
