import Kernel
import Web

/// The town's own record, and who is in its office.
struct TownPage: Page {
    static let template = "directory-town"

    struct Officer: Sendable {
        let person: String
        let from: String
        let to: String?
        let endHref: String
    }

    let request: String
    let seen: Int
    let faults: [ShownFaults.Line]
    let fault: [String: String]
    let code: String
    let hostnames: String?
    let figures: String
    let hasVillages: Bool
    let officers: [Officer]
    let nameZh: String
    let nameEn: String
    let hostUnit: String
    let filing: String
    let dutyPhone: String

    init(
        _ call: Call, _ town: TownRecord, overview: Overview, officers: [Post], names: [ID<PersonNode>: String], seen: Sighting,
        faults: [Fault]
    ) {
        let shown = ShownFaults(faults, call).beside(
            [
                "nameZh": town.nameZh, "nameEn": town.nameEn, "hostUnit": town.hostUnit, "filing": town.filing,
                "dutyPhone": town.dutyPhone,
            ], faults, call)
        request = call.freshRequest
        self.seen = seen.changes
        self.faults = shown.lines
        fault = shown.byField
        code = call.text("directory.town.code-\(town.codeSystem)", ["code": town.code])
        hostnames = town.hostnames.isEmpty ? nil : town.hostnames.joined(separator: ", ")
        figures = call.text(
            "directory.tree.totals",
            [
                "level1": call.count(overview.grids.level1), "level2": call.count(overview.grids.level2),
                "level3": call.count(overview.grids.level3),
            ])
        hasVillages = overview.grids.level1 > 0
        self.officers = officers.map {
            Officer(
                person: names[$0.person] ?? "", from: $0.from.description, to: $0.to?.description,
                endHref: DirectoryPath.ending($0.id))
        }
        nameZh = call.sent("nameZh", else: town.nameZh)
        nameEn = call.sent("nameEn", else: town.nameEn)
        hostUnit = call.sent("hostUnit", else: town.hostUnit)
        filing = call.sent("filing", else: town.filing)
        dutyPhone = call.sent("dutyPhone", else: town.dutyPhone)
    }
}
