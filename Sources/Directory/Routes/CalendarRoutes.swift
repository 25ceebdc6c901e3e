import Kernel
import Storage
import Web

/// The town's working calendar: all staff may read it, the town office changes it.
extension DirectoryRoom {
    var calendarRoutes: [Route] {
        [
            Route(.get, DirectoryPath.calendar, .holder(.directoryRead)) { try await calendar($0, []) },
            Route(.post, DirectoryPath.calendar, .holder(.calendarEdit), bodyLimit: 16_384, handle: editCalendar),
            Route(.post, DirectoryPath.calendarCompletion, .holder(.calendarEdit), bodyLimit: 16_384, handle: completeCalendar),
        ]
    }

    private func calendar(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (town, cache, today) = (call.town, cache, today)
        let year = (call.form["year"] ?? call.query["year"]).flatMap { Int($0) } ?? today.year
        guard CalendarEdit.years(on: today).contains(year) else { throw NotFound() }
        let (calendar, events) = try await database.read { tx in
            (try cache.calendar(tx, town: town), try DirectoryEventStore(tx, town: town).latestOfCalendar(30))
        }
        let page = CalendarPage(
            call, year: year, calendar: calendar, today: today, events: events,
            mayEdit: try call.signedIn().grants[.calendarEdit] == .town, faults: faults)
        return call.page(page, status: faults.isEmpty ? 200 : 422)
    }

    private func editCalendar(_ call: Call) async throws -> Answer {
        do {
            var validation = Validation()
            let first = call.day("first", &validation, required: true)
            let last = call.day("last", &validation) ?? first
            try validation.finish()
            guard let first, let last else { throw Invalid("/first", "required") }
            let edit = CalendarEdit(first: first, last: last, kind: try call.choice("kind"), name: call.filled("name") ?? "")
            try await EditCalendar(database: database, ambient: ambient)(edit, by: call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.calendar(first.year), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await calendar(call, invalid.faults)
        }
    }

    private func completeCalendar(_ call: Call) async throws -> Answer {
        do {
            guard let year = call.filled("year").flatMap({ Int($0) }) else { throw Invalid("/year", "not-a-number") }
            try await EditCalendar(database: database, ambient: ambient).complete(
                year, by: call.signedIn(), request: call.clientID())
            return call.done(DirectoryPath.calendar(year), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await calendar(call, invalid.faults)
        }
    }
}
