package import Directory
import Identity
package import Kernel
package import Storage

/// What the registers take along when households change their grid: everybody is found there from now on, and every household's
/// history says since when. Properties go with their households; when a grid is dissolved, so do its firms and organisations.
package struct RegisterRegrid: RegridPart {
    private let desk: RegisterDesk
    /// So many households at a time, so that few people are open at once.
    private static let stretch = 200

    package init(_ desk: RegisterDesk) { self.desk = desk }

    package func follow(_ regrid: Regrid, by principal: Principal, _ tx: any Transaction) throws {
        let store = RegisterHandoverStore(tx, town: principal.town)
        let index = PersonIndex(tx, town: principal.town, vault: desk.vault)
        for start in stride(from: 0, to: regrid.households.count, by: Self.stretch) {
            let households = Array(regrid.households[start..<min(start + Self.stretch, regrid.households.count)])
            try index.refresh(try store.people(of: households), on: desk.today)
            for household in households { try keep(ID(household.uuid), "household.move", regrid, principal, tx) }
        }
        guard regrid.kind == .merge else {
            for property in try store.giveProperties(from: regrid.source.id, to: regrid.target.id) {
                try keep(property, "property.move", regrid, principal, tx)
            }
            return
        }
        for (subject, act) in try store.give(from: regrid.source.id, to: regrid.target.id) {
            try keep(subject, act, regrid, principal, tx)
        }
    }

    /// One line of a record's history; the audit log has one for the whole change.
    private func keep(
        _ subject: ID<RegisterEvent.Subject>, _ act: String, _ regrid: Regrid, _ principal: Principal, _ tx: any Transaction
    ) throws {
        let detail = ["fromGrid": regrid.source.id.description, "day": regrid.day.description]
        try RegisterEventStore(tx, town: principal.town).append(
            RegisterEvent(
                id: desk.ambient.newID(), at: desk.ambient.now(), account: principal.account, post: principal.post, act: act,
                subject: subject, grid: regrid.target.id, detail: detail, digest: ""))
    }
}
