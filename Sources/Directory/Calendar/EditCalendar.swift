package import Kernel
package import Storage

/// Changes the town's working calendar: a new State Council notice, a local holiday, a day that was mistyped.
package struct EditCalendar: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Throws: ``Forbidden`` for anybody but the town's own office, ``Invalid``, ``Conflict``.
    package func callAsFunction(_ edit: CalendarEdit, by principal: Principal, request: ID<DirectoryEvent>) async throws {
        let detail = [
            "first": edit.first.description, "last": edit.last.description, "kind": edit.kind.rawValue, "name": edit.name,
        ]
        let faults = edit.faults(on: ambient.now().day())
        try await change(edit.first.year, "calendar.edit", detail, faults, by: principal, request) { edit.applied(to: $0) }
    }

    /// Says that every day off and every make-up day of `year` is entered.
    /// - Throws: as above; ``Invalid`` for a year without a single mark or complete already.
    package func complete(_ year: Int, by principal: Principal, request: ID<DirectoryEvent>) async throws {
        try await change(year, "calendar.complete", ["year": String(year)], [], by: principal, request) { known in
            guard let known, !known.marks.isEmpty else { throw Invalid("/year", "calendar-empty") }
            guard !known.isComplete else { throw Invalid("/year", "calendar-complete") }
            return WorkingCalendar.Year(edition: known.edition, notice: known.notice, isComplete: true, marks: known.marks)
        }
    }

    private func change(
        _ number: Int, _ act: String, _ detail: [String: String], _ faults: [Fault], by principal: Principal,
        _ request: ID<DirectoryEvent>,
        _ edit: @escaping @Sendable (WorkingCalendar.Year?) throws -> WorkingCalendar.Year
    ) async throws {
        guard try principal.scope(for: .calendarEdit) == .town else { throw Forbidden() }
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            if try change.isDone(act, change.town, detail) { return }
            guard faults.isEmpty else { throw Invalid(faults) }
            let store = CalendarStore(tx, town: change.town)
            try store.put(try edit(try store.calendar().years[number]), number, at: ambient.now())
            try change.record(act, change.town, grid: nil, detail)
        }
    }
}
