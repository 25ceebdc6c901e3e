package import Kernel

/// Who may urge, when, and how often 催办 (domain.md F19). An urge is for work that is late or nearly so; more of them would only be noise.
package enum UrgeRules {
    /// The office: of an open matter whose clock runs, once it is late or due by the end of the next working day, once a working day.
    /// - Parameter last: when this level's side urged last.
    /// - Throws: ``Conflict`` `closed`, `urge-paused`, `not-due-yet` or `urged-today`.
    package static func checkOffice(
        _ stage: MatterStage, _ clock: ClockStanding, last: Instant?, at now: Instant, _ calendar: WorkingCalendar
    ) throws(Conflict) {
        guard stage.isOpen else { throw Conflict("closed") }
        guard clock.state != .paused, clock.state != .shelved else { throw Conflict("urge-paused") }
        let end = calendar.workday(after: now.day()).adding(days: 1).start()
        guard clock.hasDeadline, clock.due < end else { throw Conflict("not-due-yet") }
        if let last, workday(of: last, calendar) == workday(of: now, calendar) { throw Conflict("urged-today") }
    }

    /// The reporter: once the promised time is over, and once for each promise.
    /// - Parameter last: when a reporter urged last.
    /// - Throws: ``Conflict`` `closed`, `not-late-yet` or `urged-already`.
    package static func checkReporter(
        _ stage: MatterStage, _ clock: ClockStanding, last: Instant?, at now: Instant
    ) throws(Conflict) {
        guard stage.isOpen else { throw Conflict("closed") }
        guard clock.hasDeadline, clock.state == .running, clock.isLate(at: now) else { throw Conflict("not-late-yet") }
        if let last, last >= clock.due { throw Conflict("urged-already") }
    }

    /// The working day that a moment counts to: a day off counts to the next one worked.
    package static func workday(of moment: Instant, _ calendar: WorkingCalendar) -> Day {
        let day = moment.day()
        return calendar.isWorkday(day) ? day : calendar.workday(after: day)
    }
}
