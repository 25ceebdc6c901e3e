import Directory
import Identity
package import Kernel
import Storage

/// Writes down that somebody was at a household or an enterprise, or reached it otherwise (F15). 走访登记
package struct RecordVisit: Sendable {
    private let desk: RegisterDesk
    package static let noteLimit = 500

    package init(_ desk: RegisterDesk) { self.desk = desk }

    /// - Parameter at: when; nil for this moment. A visit may be written down up to a year later.
    /// - Throws: ``NotFound`` for a place out of scope, ``Invalid`` for a time to come or a note too long.
    @discardableResult
    package func callAsFunction(
        to place: HomeVisit.Place, _ channel: HomeVisit.Channel, at moment: Instant?, note: String?, by principal: Principal,
        request: ID<RegisterEvent>
    ) async throws -> ID<HomeVisit> {
        let scope = try principal.scope(for: .editResident)
        return try await desk.database.write { [desk] tx in
            let id: String =
                switch place {
                case .household(let id): id.description
                case .enterprise(let id): id.description
                }
            let change = RegisterChange(
                tx, desk, by: principal, request, "visit.record",
                says: [id, channel.rawValue, moment.map { String($0.milliseconds) }, note])
            guard let grid = try Self.grid(of: place, in: scope, tx, desk, change.town) else { throw NotFound() }
            if try change.isDone() { return change.newID() }
            var validation = Validation()
            let words = validation.text(note, at: "/note", limit: Self.noteLimit, required: false)
            let now = desk.ambient.now()
            let at = moment ?? now
            validation.check(at <= now + .minutes(5), at: "/day", "in-the-future")
            validation.check(now - at <= .days(366), at: "/day", "too-long-ago")
            try validation.finish()
            let visit = HomeVisit(
                id: change.newID(), place: place, grid: grid, channel: channel, at: min(at, now), enteredAt: now,
                account: principal.account, byName: principal.name, byPost: principal.post, note: words.isEmpty ? nil : words)
            try VisitStore(tx, town: change.town, vault: desk.vault).insert(visit)
            let subject: ID<RegisterEvent.Subject> =
                switch place {
                case .household(let id): ID(id.uuid)
                case .enterprise(let id): ID(id.uuid)
                }
            try change.record(subject, grid: grid, ["channel": channel.rawValue, "at": visit.at.stamp()])
            return visit.id
        }
    }

    private static func grid(
        of place: HomeVisit.Place, in scope: Scope, _ tx: any Transaction, _ desk: RegisterDesk, _ town: ID<Town>
    ) throws -> ID<GridNode>? {
        switch place {
        case .household(let id): try HouseholdRecordStore(tx, town: town).find(id, in: scope)?.grid
        case .enterprise(let id): try EnterpriseStore(tx, town: town, vault: desk.vault).find(id, in: scope)?.grid
        }
    }
}
