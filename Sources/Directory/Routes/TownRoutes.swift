import Kernel
import Storage
import Web

/// The town's own record and office, and new villages.
extension DirectoryRoom {
    var townRoutes: [Route] {
        [
            Route(.get, DirectoryPath.town, .holder(.townEdit)) { try await townPage($0, []) },
            Route(.post, DirectoryPath.town, .holder(.townEdit), bodyLimit: 16_384, handle: editTown),
            Route(.get, DirectoryPath.newVillage, .holder(.townEdit)) { try await newVillageForm($0, []) },
            Route(.post, DirectoryPath.newVillage, .holder(.townEdit), bodyLimit: 16_384, handle: openVillage),
        ]
    }

    private func record(_ call: Call) async throws -> TownRecord {
        let town = call.town
        guard let record = try await database.read({ try TownStore($0).find(town) }) else { throw NotFound() }
        return record
    }

    private func townPage(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let (town, tree) = (call.town, try await tree(call))
        let officers = tree.posts.filter { $0.kind == .townOffice }
        let (names, seen) = try await database.read { tx in
            (
                try PersonStore(tx, town: town).names(of: Set(officers.map(\.person))),
                try DirectoryEventStore(tx, town: town).sighting(of: "town.edit", on: town)
            )
        }
        return call.page(
            TownPage(
                call, try await record(call), overview: tree.overview, officers: officers, names: names, seen: seen,
                faults: faults),
            status: faults.isEmpty ? 200 : 422)
    }

    private func editTown(_ call: Call) async throws -> Answer {
        do {
            let words = EditTown.Words(
                nameZh: call.filled("nameZh") ?? "", nameEn: call.filled("nameEn") ?? "", hostUnit: call.filled("hostUnit") ?? "",
                filing: call.filled("filing") ?? "", dutyPhone: call.filled("dutyPhone"))
            try await EditTown(database: database, ambient: ambient)(
                words, by: try call.signedIn(), request: call.clientID(), seen: call.seen)
            towns.forget()
            return call.done(DirectoryPath.town, flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await townPage(call, invalid.faults)
        }
    }

    private func newVillageForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        call.page(
            NewGridForm(call, villageIn: try await record(call), today: today, faults: faults), status: faults.isEmpty ? 200 : 422
        )
    }

    private func openVillage(_ call: Call) async throws -> Answer {
        do {
            try await openGrid(below: nil, call)
            return call.done(DirectoryPath.grids, flash: "directory.done.opened")
        } catch let invalid as Invalid {
            return try await newVillageForm(call, invalid.faults)
        }
    }
}
