import Directory
import Kernel
import Storage
import Web

/// What the address behind a QR code says of the place: of a grid, a building or an estate, of a station, or of a natural village.
/// The form begins with it, says so, and lets it be changed; of a code that leads nowhere any more it says that kindly. 二维码
struct PlaceCode: Sendable {
    /// What the form begins with.
    let fields: Form
    let note: String
    let isLost: Bool

    /// Nil when the address names no place.
    static func read(_ query: Form, _ wording: Wording, _ desk: MatterDesk) async throws -> PlaceCode? {
        func named(_ name: String) -> String? { query[name].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 } }
        let town = wording.call.town
        if let text = named("natural") {
            let id = ID<NaturalVillage>(text)
            let natural = try await desk.database.read { tx in
                try id.flatMap { try VillageStore(tx, town: town).naturalVillage($0) }
            }
            guard let natural, let village = wording.tree.grid(natural.village) else { return lost(query, wording) }
            let name = wording.call.language == .en ? natural.nameEn ?? natural.nameZh : natural.nameZh
            return PlaceCode(
                fields: query.adding("grid", village.code).adding("spot", natural.nameZh),
                note: wording.call.text("matters.code.place", ["place": "\(wording.grid(village.id)) \(name)"]), isLost: false)
        }
        guard let text = named("station") ?? named("grid") else { return nil }
        guard let grid = wording.tree.all.first(where: { $0.id.description == text || $0.code == text }) else {
            return lost(query, wording)
        }
        let isStation = named("station") != nil
        let station = isStation ? try await desk.database.read { try StationStore($0, town: town).station(of: grid.id) } : nil
        if isStation, station == nil { return lost(query.adding("grid", grid.code), wording) }
        return PlaceCode(
            fields: query.adding("grid", grid.code),
            note: wording.call.text(
                station == nil ? "matters.code.place" : "matters.code.station",
                ["place": wording.grid(grid.id), "station": station?.name ?? wording.grid(grid.id)]), isLost: false)
    }

    private static func lost(_ query: Form, _ wording: Wording) -> PlaceCode {
        PlaceCode(fields: query, note: wording.call.text("matters.code.lost"), isLost: true)
    }
}

extension Form {
    fileprivate func adding(_ name: String, _ value: String) -> Form { Form(fields: fields + [(name, value)]) }
}
