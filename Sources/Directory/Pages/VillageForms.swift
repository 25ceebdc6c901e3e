import Kernel
import Web

/// The form of a grid's station.
struct StationForm: Page {
    static let template = "directory-station"
    let request: String
    let seen: Int
    let grid: String
    let gridHref: String
    let action: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let name: String
    let host: String
    let address: String
    let statuses: [ChoicePart]
    let phone: String
    let hours: String
    let rulesPosted: Bool

    init(_ call: Call, card: GridCard, faults: [Fault]) {
        let (station, isSent) = (card.station, call.form["request"] != nil)
        let shown = ShownFaults(faults, call, fields: ["hostVenue": "host"]).beside(
            [
                "name": station?.name, "host": station?.hostVenue, "address": station?.address, "phone": station?.phone,
                "hours": station?.hours,
            ], faults, call)
        seen = card.sightings["station.edit", default: .nothing].changes
        let status = Station.BuildStatus(rawValue: call.sent("status")) ?? station?.buildStatus
        request = call.freshRequest
        grid = card.tree.fullName(of: card.grid.id, in: call.language)
        gridHref = DirectoryPath.card(card.grid.id)
        action = DirectoryPath.station(card.grid.id)
        self.faults = shown.lines
        fault = shown.byField
        name = call.sent("name", else: station?.name)
        host = call.sent("host", else: station?.hostVenue)
        address = call.sent("address", else: station?.address)
        statuses = Station.BuildStatus.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.status.\($0.rawValue)"), chosen: $0 == status)
        }
        phone = call.sent("phone", else: station?.phone)
        hours = call.sent("hours", else: station?.hours)
        rulesPosted = isSent ? call.form["rules"] != nil : station?.rulesPosted ?? false
    }
}

/// The form of a village's type, words and capabilities.
struct ProfileForm: Page {
    static let template = "directory-profile"

    struct Switch: Sendable {
        let value: String
        let label: String
        let about: String
        let on: Bool
        /// Cannot be switched off.
        let fixed: Bool
    }

    let request: String
    let seen: Int
    let grid: String
    let gridHref: String
    let action: String
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let types: [ChoicePart]
    let aboutZh: String
    let aboutEn: String
    let capabilities: [Switch]

    init(_ call: Call, card: GridCard, profile: VillageProfile, faults: [Fault]) {
        let shown = ShownFaults(faults, call).beside(
            ["aboutZh": profile.aboutZh, "aboutEn": profile.aboutEn], faults, call)
        seen = card.sightings["profile.edit", default: .nothing].changes
        let isSent = call.form["request"] != nil
        let type = VillageType(rawValue: call.sent("type")) ?? profile.type
        request = call.freshRequest
        grid = card.grid.name(in: call.language)
        gridHref = DirectoryPath.card(card.grid.id)
        action = DirectoryPath.profile(card.grid.id)
        self.faults = shown.lines
        fault = shown.byField
        types = VillageType.allCases.map {
            ChoicePart(value: $0.rawValue, label: call.text("directory.type.\($0.rawValue)"), chosen: $0 == type)
        }
        aboutZh = call.sent("aboutZh", else: profile.aboutZh)
        aboutEn = call.sent("aboutEn", else: profile.aboutEn)
        capabilities = Capability.allCases.map { capability in
            Switch(
                value: capability.rawValue, label: call.text("directory.capability.\(capability.rawValue)"),
                about: call.text("directory.capability.\(capability.rawValue).about"),
                on: capability == .matters || (isSent ? call.form[capability.rawValue] != nil : profile.isOn(capability)),
                fixed: capability == .matters)
        }
    }
}
