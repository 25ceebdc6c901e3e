import Directory
import Kernel
import Storage
import Web

/// The office's page of what is late, and of the rules by which the town counts.
struct ClockOfficeRoutes: Sendable {
    static let path = "/office/clocks"
    let desk: MatterDesk

    var routes: [Route] {
        [
            Route(.get, Self.path, .holder(.checksRead)) { try await show($0, []) },
            Route(.post, Self.path, .holder(.calendarEdit), bodyLimit: 16_384, handle: edit),
        ]
    }

    private func show(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let principal = try call.signedIn()
        let scope = try principal.scope(for: .checksRead)
        let (desk, town, now) = (desk, call.town, call.now)
        let since = now.day().adding(days: -ClockFigures.days).start()
        let (figures, wording) = try await desk.database.read { tx in
            let (tree, timing) = try desk.treeAndTiming(tx, town)
            let store = MatterClockStore(tx, town: town)
            let figures = ClockFigures(
                scope: scope, since: since, timing: timing, late: try store.late(at: now, in: scope),
                shelved: try store.shelved(in: scope), results: try store.results(since: since, in: scope),
                urged: try UrgeStore(tx, town: town).counts(since: since, in: scope),
                ratings: try RatingStore(tx, town: town).counts(since: since, in: scope))
            return (figures, Wording(call: call, tree: tree, taxonomy: try desk.taxonomy(tx, town)))
        }
        return call.page(ClocksPage(figures, wording, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func edit(_ call: Call) async throws -> Answer {
        do {
            try await EditClockSetting(desk)(
                hours: call.form["hours"] ?? "", followUp: (call.form["followUp"] ?? "").trimmed + "d",
                warnPercent: Int((call.form["warnPercent"] ?? "").trimmed), edition: Int(call.form["edition"] ?? "") ?? -1,
                by: try call.signedIn(), address: call.address)
            return call.done(Self.path, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await show(call, invalid.faults)
        }
    }
}
