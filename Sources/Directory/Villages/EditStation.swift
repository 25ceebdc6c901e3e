package import Kernel
package import Storage

/// Describes the station of a grid, for the first time or anew (F12, F13).
package struct EditStation: Sendable {
    let database: any Database
    let ambient: Ambient

    package init(database: any Database, ambient: Ambient) {
        self.database = database
        self.ambient = ambient
    }

    /// - Parameter station: its id counts only when the grid has no station yet.
    /// - Throws: ``NotFound`` for a grid out of scope or closed, ``Invalid``, ``Conflict``.
    package func callAsFunction(_ station: Station, by principal: Principal, request: ID<DirectoryEvent>, seen: Sighting? = nil)
        async throws
    {
        let scope = try principal.scope(for: .directoryEdit)
        try await database.write { tx in
            let change = try DirectoryChange(tx, by: principal, request, ambient)
            guard try GridStore(tx, town: change.town).find(station.grid, in: scope) != nil else { throw NotFound() }
            let detail = Dictionary(known: [
                "name": station.name, "address": station.address, "hostVenue": station.hostVenue,
                "buildStatus": station.buildStatus.rawValue, "rulesPosted": station.rulesPosted ? "1" : "0",
                "longitude": station.place.map { String($0.longitude) }, "latitude": station.place.map { String($0.latitude) },
                "phone": station.phone, "hours": station.hours,
            ])
            if try change.isDone("station.edit", station.grid, detail) { return }
            try change.check(seen, "station.edit", station.grid)
            guard station.faults.isEmpty else { throw Invalid(station.faults) }
            try StationStore(tx, town: change.town).put(station)
            try change.record("station.edit", station.grid, grid: station.grid, detail)
        }
    }
}
