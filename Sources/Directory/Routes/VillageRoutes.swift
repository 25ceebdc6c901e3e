import Kernel
import Storage
import Web

/// Stations and village profiles.
extension DirectoryRoom {
    var villageRoutes: [Route] {
        [
            Route(.get, "/office/grids/{grid}/station", .holder(.directoryEdit)) { try await stationForm($0, []) },
            Route(.post, "/office/grids/{grid}/station", .holder(.directoryEdit), bodyLimit: 16_384, handle: editStation),
            Route(.get, "/office/grids/{grid}/profile", .holder(.directoryEdit)) { try await profileForm($0, []) },
            Route(.post, "/office/grids/{grid}/profile", .holder(.directoryEdit), bodyLimit: 16_384, handle: editProfile),
        ]
    }

    /// The card of the grid in the path, for whoever may edit it.
    func editable(_ call: Call) async throws -> GridCard {
        try await ReadGridCard(database: database, cache: cache)(
            try call.id("grid"), in: try call.signedIn().scope(for: .directoryEdit), town: call.town, on: today)
    }

    private func stationForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        call.page(StationForm(call, card: try await editable(call), faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func editStation(_ call: Call) async throws -> Answer {
        let card = try await editable(call)
        do {
            let station = Station(
                id: call.clientID(), grid: card.grid.id, name: call.filled("name") ?? "", address: call.filled("address"),
                hostVenue: call.filled("host"), buildStatus: try call.choice("status"), rulesPosted: call.form["rules"] != nil,
                place: card.station?.place, phone: call.filled("phone"), hours: call.filled("hours"))
            try await EditStation(database: database, ambient: ambient)(
                station, by: try call.signedIn(), request: call.clientID(), seen: call.seen)
            return call.done(DirectoryPath.card(card.grid.id), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await stationForm(call, invalid.faults)
        }
    }

    private func profileForm(_ call: Call, _ faults: [Fault]) async throws -> Answer {
        let card = try await editable(call)
        guard let profile = card.profile else { throw NotFound() }
        return call.page(ProfileForm(call, card: card, profile: profile, faults: faults), status: faults.isEmpty ? 200 : 422)
    }

    private func editProfile(_ call: Call) async throws -> Answer {
        let village = try call.id("grid", of: GridNode.self)
        let switching = SwitchCapability(database: database, ambient: ambient)
        do {
            let type: VillageType = try call.choice("type")
            let chosen = Set(Capability.allCases.filter { call.form[$0.rawValue] != nil } + [.matters])
            try await switching(
                village, type: type, aboutZh: call.filled("aboutZh"), aboutEn: call.filled("aboutEn"),
                on: call.form["preset"] == nil ? chosen : nil, by: try call.signedIn(),
                request: call.clientID(), seen: call.seen)
            return call.done(DirectoryPath.card(village), flash: "directory.done.saved")
        } catch let invalid as Invalid {
            return try await profileForm(call, invalid.faults)
        }
    }
}
