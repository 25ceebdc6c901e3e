import Directory
import Identity
package import Kernel
import Storage

/// Changes how the town counts: its working hours, the time for follow-ups, when warnings come. The sweep then works every open matter
/// out anew.
package struct EditClockSetting: Sendable {
    private let desk: MatterDesk

    package init(_ desk: MatterDesk) { self.desk = desk }

    /// - Parameter edition: the one that was seen.
    /// - Throws: ``Forbidden`` for anybody but the town's own office, ``Invalid``, ``Conflict`` `stale`.
    package func callAsFunction(
        hours: String, followUp: String, warnPercent: Int?, edition: Int, by principal: Principal, address: String? = nil
    ) async throws {
        guard try principal.scope(for: .calendarEdit) == .town else { throw Forbidden() }
        var validation = Validation()
        let spans = WorkingHours(hours)
        validation.check(spans != nil, at: "/hours", "working-hours")
        let limit = TimeLimit(followUp.trimmed)
        validation.check(limit.map { $0.unit == .workingDays && $0.tenths <= 300 } ?? false, at: "/followUp", "follow-up-days")
        validation.check(warnPercent.map((10...95).contains) ?? false, at: "/warnPercent", "warn-percent")
        try validation.finish()
        guard let spans, let limit, let warnPercent else { return }
        let desk = desk
        try await desk.database.write { tx in
            try GridStore(tx, town: principal.town).bumpVersion(random: desk.ambient.random())
            let store = ClockSettingStore(tx, town: principal.town)
            let before = try store.setting()
            let after = ClockSetting(edition: before.edition + 1, hours: spans, followUp: limit, warnPercent: warnPercent)
            if before.hours == spans, before.followUp == limit, before.warnPercent == warnPercent { return }
            guard before.edition == edition else { throw Conflict("stale") }
            try store.add(after, by: MatterEvent.Actor(principal), at: desk.ambient.now())
            try AuditTrail(tx).record(
                "matter.clock-setting", by: principal, town: principal.town, subject: principal.town.description,
                detail: ["edition": String(after.edition), "hours": spans.description, "followUp": limit.description],
                address: address,
                ambient: desk.ambient)
        }
    }
}
